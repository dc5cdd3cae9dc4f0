//! Every entry that a device calls, exported. Linked without a definition of `endotype_panics`, so only if none can panic.
//!
//! Arguments come from behind references, so that the optimizer knows no more of them than of a device's: any rule set, any
//! window, any bytes. What is called in `const` only (`SofaRules::new`, `Cutoffs::new` and the like) is not here.

#![no_std]
#![allow(improper_ctypes_definitions)]

use endotype::quantity::{self, *};
use endotype::*;

unsafe extern "C" {
    safe fn endotype_panics() -> !;
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    endotype_panics()
}

macro_rules! entries {
    ($( fn $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)? $body:block )+) => {
        $(
            #[unsafe(no_mangle)]
            #[unsafe(link_section = ".entry")]
            pub extern "C" fn $name($($argument: $type),*) $(-> $result)? $body
        )+
    };
}

fn status(result: Result<(), Error>) -> u8 {
    result.map_or_else(Error::code, |()| 0)
}

/// Hands a result to the caller; an error leaves what was there.
fn give<T>(result: Result<T, Error>, out: &mut T) -> u8 {
    status(result.map(|value| *out = value))
}

macro_rules! every_quantity {
    ($($name:ident)+) => {
        const ROWS: usize = [$(stringify!($name)),+].len();
        // A row of the table that is missing below does not compile.
        const _: () = assert!(ROWS == quantity::TABLE.len());

        entries! {
            fn read_bytes(text: &&[u8], ends: &mut [[i32; 2]; ROWS]) {
                *ends = [$( Reading::<$name>::read_bytes(text).map_or([0; 2], Reading::ends) ),+];
            }
            fn readings(a: &Amount, b: &Amount, ends: &mut [[[i32; 2]; 6]; ROWS]) {
                let [a, b] = [*a, *b];
                *ends = [$( [
                    Reading::<$name>::exact(a),
                    Reading::below(a),
                    Reading::at_most(a),
                    Reading::above(a),
                    Reading::at_least(a),
                    Reading::between(a, b),
                ].map(|reading| reading.map_or([0; 2], Reading::ends)) ),+];
            }
        }
    };
}

every_quantity! {
    PaO2 PaO2KPa FiO2 SpO2 PfRatio PfRatioKPa SfRatio Platelets Bilirubin BilirubinSi Creatinine CreatinineSi Map Sbp RespiratoryRate DoseRate
    MassRate AnyRate Weight Gcs GcsMotor Urine UrineRate Potassium Bicarbonate Lactate Ph Ferritin MhlaDr MhlaDrPositive Lymphocytes Neutrophils
    LymphocytesFraction Hemoglobin NkCells DendriticCells BCells TCells Age
}

entries! {
    fn error(error: &Error, message: &mut &str) -> u8 {
        *message = error.message();
        error.code()
    }
    fn reading_or(a: &Reading<Map>, b: &Reading<Map>, out: &mut Reading<Map>) -> bool {
        *out = a.or(*b);
        out.is_unknown()
    }
    fn met(a: &Met, b: &Met) -> [Met; 3] {
        [a.and(*b), a.or(*b), !*a]
    }

    fn classify(rules: &Criteria, ferritin: &Reading<Ferritin>, mhla_dr: &Reading<MhlaDr>, out: &mut Classification) -> u8 {
        *out = rules.classify(*ferritin, *mhla_dr);
        let single = out.single().map_or(0, |class| (out.allows(class) as u8) << class as u8);
        out.classes().fold(single, |set, class| set | 16 << class as u8)
    }
    fn criteria(rules: &Criteria, class: &Classification) -> [Met; 2] {
        let _ = (rules.rows(), rules.id().number());
        [class.hyperinflammation(), class.immunoparalysis()]
    }
    fn cutoff(cutoff: &Cutoff<Lactate>, reading: &Reading<Lactate>, edge: &mut [i32; 2]) -> Met {
        *edge = cutoff.edge();
        cutoff.met(*reading)
    }
    fn cutoffs(row: &Cutoffs<Platelets>, reading: &Reading<Platelets>, edges: &mut [Option<[i32; 2]>; 4]) -> Points {
        *edges = row.edges();
        row.points(*reading)
    }
    fn points(a: &Points, b: &Points, value: u8) -> [u8; 6] {
        let both = a.join(*b);
        let [lo, hi] = both.ends();
        let span = Points::span(value, lo);
        [lo, hi, both.single().unwrap_or(9), both.contains(value) as u8, Points::only(value).ends()[0], span.ends()[1]]
    }
    fn total(total: &Total, value: u8) -> [u8; 6] {
        let [lo, hi] = total.ends();
        let only = Total::only(value).ends()[0];
        [lo, hi, total.single().unwrap_or(99), total.contains(value) as u8, total.at_least(value) as u8, only]
    }
    fn source(id: &RuleId, out: &mut Option<published::Source>) {
        *out = published::source(*id);
    }
    fn edges_of(rules: &SofaRules, each: extern "C" fn(&Edge)) {
        edges(rules).for_each(|edge| each(&edge));
    }

    fn respiration(rules: &SofaRules, gas: &Gas, fio2: &Reading<FiO2>, support: &Option<Support>) -> Points {
        rules.respiration(*gas, *fio2, *support)
    }
    fn infusion(rules: &SofaRules, drug: &Infusion, rate: &Rate, weight: &Reading<Weight>) -> Points {
        rules.infusion(*drug, *rate, *weight)
    }
    fn cardiovascular(rules: &SofaRules, map: &Option<Points>, infusions: &Points) -> Points {
        rules.cardiovascular(*map, *infusions)
    }
    fn renal(rules: &SofaRules, creatinine: &Option<Points>, urine: &Option<Points>) -> Points {
        rules.renal(*creatinine, *urine)
    }
    fn sofa(organs: &[Points; 6], organ: &Organ, total: &mut Total) -> Points {
        let sofa = Sofa::from(*organs);
        *total = sofa.total();
        sofa.organ(*organ)
    }

    fn event_read(item: &&str, unit: &&str, value: &&str, out: &mut Event) -> u8 {
        give(Event::read(item, unit, value), out)
    }
    fn event_kind(event: &Event) -> Kind {
        event.kind()
    }
    fn names_read(name: &&str, support: &mut Support, drug: &mut Infusion, flag: &mut Flag, dose: &mut Dose) -> [u8; 4] {
        [give(Support::read(name), support), give(Infusion::read(name), drug), give(Flag::read(name), flag), give(Dose::read(name), dose)]
    }
    fn names(organ: &Organ, item: &Item, class: &Endotype, drug: &Infusion, out: &mut [&str; 4]) {
        *out = [organ.name(), item.name(), class.name(), drug.name()];
    }

    fn window_new(rules: &SofaRules, limits: &Limits, out: &mut Window) {
        *out = Window::new(rules).with_limits(*limits);
    }
    fn rules_second(id: &mut RuleId) {
        *id = published::SOFA_2.id();
    }
    fn window_of_second(out: &mut Window) {
        *out = Window::new(&published::SOFA_2);
    }
    fn infusions(rules: &SofaRules, running: &&[(Infusion, Rate)], weight: &Reading<Weight>) -> Points {
        rules.infusions(running, *weight)
    }
    fn both_editions(second: &bool, out: &mut &'static SofaRules) {
        *out = if *second { &published::SOFA_2 } else { &published::SOFA_1996 };
    }
    fn more(rules: &SofaRules, out: &mut Option<&'static SecondRows>) {
        *out = rules.more();
    }
    fn span_met(span: &UrineSpan, urine: &Reading<Urine>, minutes: &u32, weight: &Reading<Weight>) -> Met {
        span.met(*urine, *minutes, *weight)
    }
    fn needs_rrt(more: &SecondRows, creatinine: &Points, urine: &Met, k: &Reading<Potassium>, ph: &Reading<Ph>, bicarbonate: &Reading<Bicarbonate>) -> Met {
        more.needs_rrt(*creatinine, *urine, *k, *ph, *bicarbonate)
    }
    fn salt(salt: &Salt, rate: &Rate, out: &mut Rate) {
        *out = salt.base(*rate);
    }
    fn qsofa(screen: &Qsofa, rate: &Reading<RespiratoryRate>, gcs: &Reading<Gcs>, sbp: &Reading<Sbp>, out: &mut [bool; 3]) -> Met {
        let screen = screen.screen(*rate, *gcs, *sbp);
        *out = screen.needed();
        screen.met
    }
    fn window_clear(window: &mut Window) {
        window.clear();
    }
    fn window_push(window: &mut Window, rules: &SofaRules, minute: u32, event: &Event) -> u8 {
        status(window.push(rules, minute, event))
    }
    fn window_close_day(window: &mut Window, rules: &SofaRules, out: &mut Day) -> u8 {
        give(window.close_day(rules), out)
    }
    fn window_so_far(window: &Window, rules: &SofaRules, out: &mut Day) -> u8 {
        give(window.so_far(rules), out)
    }
    fn window_rolling(window: &Window, rules: &SofaRules, out: &mut Day) -> u8 {
        give(window.rolling(rules), out)
    }
    fn window_resume(window: &mut Window, rules: &SofaRules, now: u32) -> u8 {
        status(window.resume(rules, now))
    }
    fn window_merge(window: &mut Window, rules: &SofaRules, other: &Window) -> u8 {
        status(window.merge(rules, other))
    }
    fn window_at(window: &Window, end: &mut Option<End>) -> [u32; 2] {
        *end = window.end();
        [window.day(), window.day_end()]
    }

    fn day_score(day: &Day, rules: &SofaRules, how: &How, before: &Carried, out: &mut Score) {
        *out = day.score(rules, *how, *before);
    }
    fn day_points(day: &Day, item: &Item) -> Option<Points> {
        day.points(*item)
    }
    fn day_witness(day: &Day, organ: &Organ, out: &mut Option<Witness>) {
        *out = day.witness(*organ);
    }
    fn day_facts(day: &Day, infusions: &Infusions, urine: &mut Reading<Urine>) -> [Met; 3] {
        *urine = if day.closed() && day.number() > 0 { day.urine() } else { Reading::UNKNOWN };
        [day.infection(), day.emergency(), day.circulatory_shock(*infusions)]
    }
    fn score_facts(score: &Score, organ: &Organ, total: &mut Total, carried: &mut Carried) -> u32 {
        (*total, *carried) = (score.total(), score.carried());
        score.assumed() + score.is_assumed(*organ) as u32 + u32::from(score.sofa().organ(*organ).ends()[0])
    }

    fn course_push(course: &mut Course<28>, score: &Score) -> u8 {
        status(course.push(score))
    }
    fn course_push_total(course: &mut Course<28>, day: u32, total: &Total) -> u8 {
        status(course.push_total(day, *total))
    }
    fn course_gap(course: &mut Course<28>, day: u32) -> u8 {
        status(course.gap(day))
    }
    fn course_end(course: &mut Course<28>, end: &End) -> u8 {
        status(course.end(*end))
    }
    fn course_amend(course: &mut Course<28>, day: u32, total: &Total) -> u8 {
        status(course.amend(day, *total))
    }
    fn course_change(course: &Course<28>, day: u32, out: &mut Change) -> u8 {
        give(course.change(day), out)
    }
    fn course_total(course: &Course<28>, day: u32, out: &mut Option<Total>, amended: &mut bool) -> [u8; 2] {
        [give(course.total(day), out), give(course.amended(day), amended)]
    }
    fn change_between(from: &Total, to: &Total) -> [i8; 2] {
        Change::between(*from, *to).ends()
    }
    fn endpoint_response(endpoint: &Endpoint, course: &Course<28>, out: &mut Response) -> u8 {
        give(endpoint.response(course), out)
    }

    fn guarded(cutoff: &Cutoff<Ferritin>, row: &Guarded<Platelets>, ferritin: &Reading<Ferritin>, platelets: &Reading<Platelets>) -> Points {
        if cutoff.met(*ferritin) == Met::Yes { row.points(*platelets) } else { Points::ALL }
    }
    fn needs(rules: &Criteria, ferritin: &Reading<Ferritin>, mhla_dr: &Reading<MhlaDr>, became: &mut Option<[Endotype; 2]>) -> [Need; 2] {
        let needs = rules.needs(*ferritin, *mhla_dr);
        *became = rules.classify(*ferritin, Reading::UNKNOWN).became(rules.classify(*ferritin, *mhla_dr));
        [needs.ferritin, needs.mhla_dr]
    }
    fn series_push(series: &mut Series<Ferritin, 7>, minute: u32, reading: &Reading<Ferritin>, remarks: &Remarks) -> u8 {
        series.push(minute, *reading, *remarks).map_or_else(Error::code, |_| 0)
    }
    fn series_correct(series: &mut Series<Ferritin, 7>, minute: u32, reading: &Reading<Ferritin>, remarks: &Remarks) -> u8 {
        series.correct(minute, *reading, *remarks).map_or_else(Error::code, |_| 0)
    }
    fn series_remark(series: &mut Series<Ferritin, 7>, minute: u32, remarks: &Remarks) -> u8 {
        status(series.remark(minute, *remarks))
    }
    fn series_withdraw(series: &mut Series<Ferritin, 7>, minute: u32) -> u8 {
        series.withdraw(minute).map_or_else(Error::code, |_| 0)
    }
    fn series_looked_at(series: &mut Series<Ferritin, 7>, now: u32, last: &mut Option<Sample<Ferritin>>) -> Trend {
        *last = series.last(now);
        let trend = series.trend(now);
        if series.samples().count() == 7 {
            series.clear();
        }
        trend
    }
    fn series_of_none(series: &mut Series<Ferritin, 0>, minute: u32, reading: &Reading<Ferritin>) -> u8 {
        series.push(minute, *reading, Remarks::NONE).map_or_else(Error::code, |_| 0)
    }
    fn remark_names(remarks: &Remarks, need: &Need, each: extern "C" fn(&&str)) -> bool {
        each(&need.name());
        remarks.names().for_each(|name| each(&name));
        remarks.fell()
    }
    fn twice(rule: &Twice<Lymphocytes>, series: &Series<Lymphocytes, 7>, origin: &Option<u32>, now: u32) -> Met {
        rule.answer(series, *origin, now).met
    }
    fn on_days(rule: &OnDays<MhlaDr>, series: &Series<MhlaDr, 7>, origin: &Option<u32>, now: u32) -> Met {
        rule.answer(series, *origin, now).met
    }
    fn slope(rule: &Slope, series: &Series<MhlaDr, 7>, origin: &Option<u32>, now: u32) -> Met {
        rule.answer(series, *origin, now).met
    }
    fn stays(rule: &Stays, series: &Series<Ferritin, 7>, origin: &Option<u32>, now: u32) -> Met {
        rule.answer(series, *origin, now).met
    }
    fn reference(low: &Amount, high: &Amount, reading: &Reading<NkCells>) -> Level {
        Reference::new(*low, *high).map_or(Level::Unknown, |own| own.level(*reading))
    }
    fn checks(checks: &Checks, specimen: &Specimen, series: &Series<Ferritin, 7>, beside: &Met, out: &mut Reading<Ferritin>) -> bool {
        let Some(sample) = series.last(u32::MAX) else { return false };
        let (reading, doubts) = checks.opened(series, &sample, *beside);
        *out = reading;
        doubts == checks.remarks(specimen)
    }
    fn method(method: &Method, reading: &Reading<MhlaDr>, out: &mut Reading<MhlaDr>) {
        *out = method.other(*reading);
    }
    fn immune_push(immune: &mut Immune<7>, minute: u32, event: &Event) -> u8 {
        immune.push(minute, event).map_or_else(Error::code, |_| 0)
    }
    fn immune_entry(immune: &Immune<7>, rules: &ImmuneRules, now: u32, out: &mut Entry) {
        *out = immune.entry(rules, now);
    }
    fn immune_after(immune: &Immune<7>, rules: &ImmuneRules, now: u32, out: &mut [Option<Answer<Needs>>; 2]) {
        *out = [immune.restored(rules, now), immune.switched(rules, now)];
    }
    fn immune_axes(immune: &Immune<7>, rules: &ImmuneRules, now: u32, out: &mut Axes) -> Option<Points> {
        *out = immune.axes(rules, now);
        immune.stage(rules, now)
    }
    fn immune_clear(immune: &mut Immune<7>, out: &mut Option<(u32, Dose)>) {
        *out = immune.first_dose();
        immune.clear();
    }
    fn would_take(trial: &Trial, candidate: &Candidate, out: &mut Eligibility) -> Met {
        *out = trial.would_take(candidate);
        out.met()
    }
    fn eligibility(eligibility: &Eligibility, each: extern "C" fn(&Criterion)) {
        eligibility.passed().chain(eligibility.failed()).chain(eligibility.not_known()).for_each(|criterion| each(&criterion));
    }
    fn answers(answers: &mut Answers, criterion: &Criterion, is_so: bool) -> Met {
        *answers = answers.with(*criterion, is_so);
        answers.of(*criterion)
    }
    fn arm_of(class: &Endotype, out: &mut Option<&'static Arm>) {
        *out = arm(*class);
    }
    fn watch(watch: &mut Watch<Hemoglobin>, limit: &Cutoff<Hemoglobin>, seen: &(u32, Reading<Hemoglobin>, Option<u32>), out: &mut Option<Signal<Hemoglobin>>) -> u32 {
        let (minute, reading, dose) = *seen;
        *out = watch.see(*limit, minute, reading, dose);
        out.map_or(0, |signal| signal.hours())
    }

    fn sepsis(rules: &Sepsis3, infection: &Met, emergency: &Met, total: &Total, prior: &Prior) -> Met {
        rules.sepsis(*infection, *emergency, *total, *prior)
    }
    fn shock(rules: &Sepsis3, sepsis: &Met, circulatory: &Met) -> Met {
        rules.shock(*sepsis, *circulatory)
    }

    fn snapshot_write(state: &(Window, Course<28>, Carried, Immune<7>), key: &[u8; 16], out: &mut &mut [u8]) -> usize {
        let (window, course, carried, immune) = state;
        Snapshot::of(window, course, *carried, immune).and_then(|snapshot| snapshot.to_bytes(key, out)).unwrap_or(0)
    }
    fn snapshot_resume(bytes: &&[u8], key: &[u8; 16], rules: &SofaRules, now: u32, out: &mut (Window, Course<28>, Carried, Immune<7>)) -> u8 {
        give(Snapshot::from_bytes(bytes, key, rules).and_then(|snapshot| snapshot.resume(rules, now)), out)
    }
    fn snapshot_push(snapshot: &mut Snapshot<28, 7>, rules: &SofaRules, minute: u32, event: &Event) -> u8 {
        status(snapshot.push(rules, minute, event))
    }
    fn snapshot_merge(snapshot: &Snapshot<28, 7>, rules: &SofaRules, window: &mut Window) -> u8 {
        status(snapshot.merge_into(rules, window))
    }
    fn receipt_endotype(criteria: &Criteria, ferritin: &Reading<Ferritin>, mhla_dr: &Reading<MhlaDr>, out: &mut Receipt) {
        *out = Receipt::endotype(criteria, *ferritin, *mhla_dr);
    }
    fn receipt_endpoint(endpoint: &Endpoint, course: &Course<28>, out: &mut Receipt) -> u8 {
        give(Receipt::endpoint(endpoint, course), out)
    }
    fn receipt_change(course: &Course<28>, day: u32, out: &mut Receipt) -> u8 {
        give(Receipt::change(course, day), out)
    }
    fn receipt_sepsis(day: &Day, infusions: &Infusions, total: &Total, prior: &Prior, out: &mut Receipt) {
        *out = Receipt::sepsis(day, *infusions, *total, *prior);
    }
    fn receipt_write(receipt: &Receipt, minute: u32, out: &mut [u8; Receipt::MAX]) -> usize {
        receipt.clone().to_bytes(minute, out)
    }
    fn receipt_read(bytes: &&[u8], out: &mut (u32, Receipt), rules: &mut RuleId) -> u8 {
        let read = give(Receipt::from_bytes(bytes), out);
        *rules = out.1.rules();
        read
    }
    fn receipt_follows(receipt: &Receipt, sofa: &SofaRules, criteria: &Criteria) -> u8 {
        status(receipt.follows(sofa, criteria))
    }
}

#[cfg(feature = "libm")]
entries! {
    fn from_f32(value: f32, ends: &mut [[i32; 2]; 3]) {
        *ends = [
            Reading::<Map>::from_f32(value).map_or([0; 2], Reading::ends),
            Reading::<DoseRate>::from_f32(value).map_or([0; 2], Reading::ends),
            Reading::<Gcs>::from_f32(value).map_or([0; 2], Reading::ends),
        ];
    }
}

#[cfg(feature = "control-panic")]
entries! {
    fn control_panic(bytes: &[u8; 8], at: usize) -> u8 {
        bytes[at]
    }
}

#[cfg(feature = "control-symbols")]
entries! {
    fn control_float(a: f32, b: f32) -> f32 {
        a * b
    }
    fn control_divide(a: u32, b: u32) -> u32 {
        a.checked_div(b).unwrap_or(0)
    }
    fn control_long_multiply(a: u64, b: u64) -> u64 {
        a.wrapping_mul(b)
    }
    fn control_fmt(window: &Window, out: &mut &mut dyn core::fmt::Write) -> bool {
        write!(out, "{window:?}").is_ok()
    }
}
