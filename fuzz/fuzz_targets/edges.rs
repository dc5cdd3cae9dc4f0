//! A rule row and a reading within two half-ticks of its cut-offs, against the printed row.
#![no_main]

use arbitrary::{Arbitrary, Result, Unstructured};
use endotype::published::*;
use endotype::quantity::*;
use endotype::{
    Amount, Carried, Criteria, Cutoff, Cutoffs, Event, Gas, How, Infusion, Item, Met, Points, Rate, Reading, SofaRules, Support,
    Window,
};
use endotype_fuzz::paper::{self, FIRST, POSITIVE, Row, Rows, SECOND, Span, moved, points, set, side};
use endotype_fuzz::{chart, one};
use libfuzzer_sys::fuzz_target;

/// Where a row changes, by what it says of itself: only where to look, not what to expect.
fn cuts<Q: Quantity>(row: &Cutoffs<Q>) -> Vec<i32> {
    row.edges().iter().flatten().flatten().copied().collect()
}

/// A reading whose ends lie within two half-ticks of these.
fn near<Q: Quantity>(u: &mut Unstructured, edges: &[i32]) -> Result<Reading<Q>> {
    chart::reading(u, edges)
}

fn row<Q: Quantity>(u: &mut Unstructured, row: &Cutoffs<Q>, printed: &Row) -> Result<Reading<Q>> {
    let reading = near::<Q>(u, &cuts(row))?;
    let expected = if reading.is_unknown() {
        [0, 1, 2, 3, 4].map(|p| reachable(printed, p)).iter().sum()
    } else {
        points(&moved(printed), &Span::of::<Q>(reading.ends()))
    };
    assert_eq!(row.points(reading).bits(), expected, "{} {} {:?}", Q::NAME, Q::UNIT, reading.ends());
    Ok(reading)
}

/// Any value at all.
fn reachable(printed: &Row, p: u8) -> u8 {
    points(printed, &Span { lo: paper::Fraction(0, 1), hi: paper::ENDLESS, lo_open: false, hi_open: false }) & 1 << p
}

/// What a window makes of it alone.
fn charted(rules: &SofaRules, event: Event, item: Item) -> Option<Points> {
    let mut window = Window::new(rules);
    window.push(rules, 0, &event).unwrap();
    let day = window.so_far(rules).unwrap();
    assert_eq!(day.score(rules, How::DEFAULT, Carried::NONE).sofa().organ(item.organ()).bits() & !31, 0);
    day.points(item)
}

fn cutoff<Q: Quantity>(u: &mut Unstructured, cutoff: Cutoff<Q>, printed: &str) -> Result<Reading<Q>> {
    let reading = near::<Q>(u, &cutoff.edge())?;
    assert_eq!(cutoff.met(reading), met(reading, printed), "{} {printed} {:?}", Q::NAME, reading.ends());
    Ok(reading)
}

fn met<Q: Quantity>(reading: Reading<Q>, printed: &str) -> Met {
    if reading.is_unknown() {
        return Met::Unknown;
    }
    let values = Span::of::<Q>(reading.ends());
    match (values.meets(&side(printed, true)), values.meets(&side(printed, false))) {
        (true, false) => Met::Yes,
        (false, true) => Met::No,
        _ => Met::Unknown,
    }
}

fn simple(u: &mut Unstructured, rules: &SofaRules, printed: &Rows) -> Result<()> {
    let rows = rules.rows();
    macro_rules! item {
        ($row:ident, $variant:ident, $item:expr) => {{
            let reading = row(u, &rows.$row, &printed.$row)?;
            if !reading.is_unknown() {
                assert_eq!(charted(rules, Event::$variant(reading), $item), Some(rows.$row.points(reading)));
            }
        }};
    }
    match u.int_in_range(0..=9)? {
        0 => item!(platelets, Platelets, Item::Platelets),
        1 => item!(bilirubin, Bilirubin, Item::Bilirubin),
        2 => item!(bilirubin_si, BilirubinSi, Item::Bilirubin),
        3 => item!(map, Map, Item::Map),
        4 => item!(gcs, Gcs, Item::Gcs),
        5 => item!(creatinine, Creatinine, Item::Creatinine),
        6 => item!(creatinine_si, CreatinineSi, Item::Creatinine),
        7 => drop(row(u, &rows.urine, &printed.urine)?),
        8 => drop(row(u, &SOFA_2_MORE.map_unavailable, &SECOND.map_unavailable)?),
        _ => drop(row(u, &SOFA_2_MORE.gcs_motor, &SECOND.gcs_motor)?),
    }
    Ok(())
}

/// A gas within two half-ticks of a cut-off times the FiO2.
fn ratio(u: &mut Unstructured, rules: &SofaRules, printed: &Rows) -> Result<()> {
    let fio2: Reading<FiO2> = near(u, &[42_000, 64_000, 80_000, 90_000, 150_000, 200_000])?;
    let [_, fio2_top] = if fio2.is_unknown() { [0, 200_000] } else { fio2.ends() };
    let support =
        *one(&[Some(Support::None), Some(Support::Oxygen), Some(Support::Hfnc), Some(Support::Imv), None], u.arbitrary()?);
    let cap = |set: u8| if set > 0b111 { set & 0b11 | 0b100 } else { set };
    let advanced = |support| match support {
        Support::Imv => true,
        Support::Hfnc => rules.more().is_some(),
        _ => false,
    };
    let times = |cut: i32, over: i32| (i64::from(cut) * i64::from(fio2_top) / i64::from(over)) as i32;
    let values = if fio2.is_unknown() { Span::of::<FiO2>([42_000, 200_000]) } else { Span::of::<FiO2>(fio2.ends()) };
    let (gas, set) = match u.int_in_range(0..=2)? {
        // Ticks: thousandths of mm[Hg], over thousandths of a percentage.
        0 => {
            let edges: Vec<_> = [75, 100, 150, 200, 225, 300, 400].map(|cut| times(cut, 100)).into();
            let x: Reading<PaO2> = near(u, &edges)?;
            (
                Gas::MmHg(x),
                (!x.is_unknown()).then(|| points(&printed.pf, &Span::of::<PaO2>(x.ends()).over(&values).times(100, 1))),
            )
        }
        1 => {
            let edges: Vec<_> = [100, 133, 200, 267, 300, 400, 533].map(|cut| times(cut, 1_000)).into();
            let x: Reading<PaO2KPa> = near(u, &edges)?;
            (
                Gas::KPa(x),
                (!x.is_unknown()).then(|| points(&printed.pf_kpa, &Span::of::<PaO2KPa>(x.ends()).over(&values).times(100, 1))),
            )
        }
        _ => {
            let edges: Vec<_> = [120, 200, 250, 300].map(|cut| times(cut, 100)).into_iter().chain([196_000]).collect();
            let x: Reading<SpO2> = near(u, &edges)?;
            let below = (!x.is_unknown()).then(|| Span::of::<SpO2>(x.ends())).filter(|x| !x.meets(&side("< 98", false)));
            (Gas::SpO2(x), below.filter(|_| rules.more().is_some()).map(|x| points(&printed.sf, &x.over(&values).times(100, 1))))
        }
    };
    let open = matches!(gas, Gas::SpO2(_)) && set.is_none();
    let set = set.unwrap_or(31);
    let expected = match support {
        _ if open => 31,
        Some(support) if advanced(support) => set,
        Some(_) => cap(set),
        None => set | cap(set),
    };
    let found = rules.respiration(gas, fio2, support).bits();
    // A gas of 0 over `<21 %`, which reaches down to 0, may be taken for any.
    let of_0 = fio2.ends()[0] == 0 && found & expected == expected;
    assert!(found == expected || of_0, "{gas:?} at {:?} {support:?}: {found:b}, not {expected:b}", fio2.ends());
    Ok(())
}

/// Rates within two half-ticks of a dose times the weight, alone and together.
fn doses(u: &mut Unstructured, rules: &SofaRules, printed: &Rows) -> Result<()> {
    let weight: Reading<Weight> = near(u, &[2_000, 100_000, 160_000, 2_000_000])?;
    let tenths = *one(&[0, 1, 2, 4, 50, 150, 200, 400], u.arbitrary()?);
    let kg = if weight.is_unknown() { 160_000 } else { weight.ends()[1] };
    let rate = |u: &mut Unstructured| -> Result<(Rate, Span)> {
        Ok(if u.arbitrary()? {
            let x: Reading<DoseRate> = near(u, &[tenths * 200_000, tenths * 100_000])?;
            (Rate::ByWeight(x), if x.is_unknown() { POSITIVE } else { Span::of::<DoseRate>(x.ends()) })
        } else {
            let product = (i64::from(kg) * i64::from(tenths) / 10).min(200_000_000) as i32;
            let x: Reading<MassRate> = near(u, &[product, product / 2])?;
            let values = if x.is_unknown() { POSITIVE } else { Span::of::<MassRate>(x.ends()) };
            (Rate::PerMinute(x), values)
        })
    };
    let known = |rate: &Rate| match rate {
        Rate::ByWeight(x) => !x.is_unknown(),
        Rate::PerMinute(x) => !x.is_unknown(),
        Rate::Any(_) => false,
    };
    let mass = |rate: &Rate| matches!(rate, Rate::PerMinute(_));
    let by = |rates: &[(Rate, Span)]| {
        let running = rates.iter().map(|(rate, values)| (rate, values.cut(&POSITIVE)));
        let sum = |it: Vec<Span>| it.into_iter().reduce(|a, b| a.plus(&b));
        let direct = sum(running.clone().filter(|(rate, _)| !mass(rate)).map(|(_, values)| values).collect());
        let masses = sum(running.filter(|(rate, _)| mass(rate)).map(|(_, values)| values).collect());
        let masses = masses.map(|m| if weight.is_unknown() { POSITIVE } else { m.over(&Span::of::<Weight>(weight.ends())) });
        match (direct, masses) {
            (Some(a), Some(b)) => a.plus(&b),
            (a, b) => a.or(b).unwrap(),
        }
    };
    let off = |rate: &Rate, values: &Span| {
        !known(rate)
            || values.meets(&Span { lo: paper::Fraction(0, 1), hi: paper::Fraction(0, 1), lo_open: false, hi_open: false })
    };
    let on = |values: &Span| values.meets(&POSITIVE);
    let (first, second) = (rate(u)?, rate(u)?);
    let drug = *one(&[Infusion::Norepinephrine, Infusion::Epinephrine, Infusion::Dopamine, Infusion::Dobutamine], u.arbitrary()?);
    let row = match drug {
        Infusion::Dopamine => &printed.dopamine,
        Infusion::Dobutamine => &printed.dobutamine,
        _ => &printed.norepinephrine,
    };
    let alone = u8::from(off(&first.0, &first.1)) | if on(&first.1) { points(row, &by(&[first])) } else { 0 };
    assert_eq!(rules.infusion(drug, first.0, weight).bits(), alone, "{drug:?} {:?} by {:?}", first.0, weight.ends());
    if rules.more().is_some() {
        let sums = [(false, false), (true, false), (false, true), (true, true)].into_iter().filter(|&(a, b)| {
            (if a { on(&first.1) } else { off(&first.0, &first.1) })
                && (if b { on(&second.1) } else { off(&second.0, &second.1) })
        });
        let expected = sums.fold(0, |set, (a, b)| {
            let rates: Vec<_> =
                [(a, first), (b, second)].into_iter().filter(|(counts, _)| *counts).map(|(_, rate)| rate).collect();
            set | if rates.is_empty() { 1 } else { points(&printed.norepinephrine, &by(&rates)) }
        });
        let both = [(Infusion::Norepinephrine, first.0), (Infusion::Epinephrine, second.0)];
        assert_eq!(rules.infusions(&both, weight), set(expected), "{both:?} by {:?}", weight.ends());
    }
    Ok(())
}

/// Urine within two half-ticks of a rate times weight and time.
fn spans(u: &mut Unstructured) -> Result<()> {
    #[rustfmt::skip]
    let rows = [(6, "< 0.5", 5), (12, "< 0.5", 5), (24, "< 0.3", 3), (12, "<= 0", 0)];
    let at = usize::from(u.int_in_range(0..=4_u8)?);
    let (span, least, words, tenths) = match rows.get(at) {
        Some(&(hours, words, tenths)) => (&SOFA_2_MORE.urine[at], hours * 60, words, tenths),
        None => (&SOFA_2_MORE.rrt_urine, 361, "< 0.3", 3),
    };
    let weight: Reading<Weight> = near(u, &[2_000, 100_000, 160_000, 2_000_000])?;
    let minutes = *one(&[least, least - 1, least + 1, 2_879], u.arbitrary()?);
    let kg = if weight.is_unknown() { 160_000 } else { weight.ends()[u.int_in_range(0..=1)?] };
    let product = (i64::from(kg) * tenths * i64::from(minutes) / 600).min(200_000_000) as i32;
    let urine: Reading<Urine> = near(u, &[product, 0])?;
    let expected = if minutes < least {
        Met::No
    } else if tenths == 0 {
        met(urine, words)
    } else if urine.is_unknown() {
        Met::Unknown
    } else if urine.ends()[1] == 0 {
        Met::Yes
    } else if weight.is_unknown() {
        Met::Unknown
    } else {
        let values = Span::of::<Urine>(urine.ends()).over(&Span::of::<Weight>(weight.ends())).times(60, i128::from(minutes));
        match (values.meets(&side(words, true)), values.meets(&side(words, false))) {
            (true, false) => Met::Yes,
            (false, true) => Met::No,
            _ => Met::Unknown,
        }
    };
    assert_eq!(
        span.met(urine, minutes, weight),
        expected,
        "{words} over {least} min: {:?} in {minutes} min by {:?}",
        urine.ends(),
        weight.ends()
    );
    Ok(())
}

fn criteria(u: &mut Unstructured) -> Result<()> {
    let ferritin = cutoff(u, IMMUNOSEP.rows().ferritin, "> 4420")?;
    let mhla_dr = cutoff(u, IMMUNOSEP.rows().mhla_dr, "< 5000")?;
    let criteria: &Criteria = &IMMUNOSEP;
    let (high, low) = (met(ferritin, "> 4420"), met(mhla_dr, "< 5000"));
    let expected = [high != Met::No, high != Met::Yes && low != Met::No, high != Met::Yes && low != Met::Yes];
    let class = criteria.classify(ferritin, mhla_dr);
    assert_eq!(
        endotype::Endotype::ALL.map(|class_| class.allows(class_)),
        expected,
        "{:?} {:?}",
        ferritin.ends(),
        mhla_dr.ends()
    );
    Ok(())
}

fn others(u: &mut Unstructured) -> Result<()> {
    match u.int_in_range(0..=11)? {
        0 => drop(cutoff(u, SEPSIS_3.lactate, "> 2")?),
        1 => drop(cutoff(u, QSOFA.respiratory_rate, ">= 22")?),
        2 => drop(cutoff(u, QSOFA.gcs, "< 15")?),
        3 => drop(cutoff(u, QSOFA.sbp, "<= 100")?),
        4 => drop(cutoff(u, SOFA_2_MORE.spo2, "< 98")?),
        5 => drop(cutoff(u, SOFA_2_MORE.potassium, ">= 6")?),
        6 => drop(cutoff(u, SOFA_2_MORE.ph, "<= 7.2")?),
        7 => drop(cutoff(u, SOFA_2_MORE.bicarbonate, "<= 12")?),
        8 => drop(cutoff(u, IMMUNOSEP_TRIAL.age, ">= 18")?),
        9 => drop(cutoff(u, IMMUNOSEP_TRIAL.neutrophils, "< 1.5")?),
        10 => drop(cutoff(u, LYON, "< 8000")?),
        _ => drop(row(u, &MHLA_DR_STAGES, &["< 15000", "<= 8000", "< 5000", ""])?),
    }
    Ok(())
}

/// Of a cut-off that is read: a whole or a decimal, either way.
fn read(u: &mut Unstructured) -> Result<()> {
    let (sign, ticks) = (*one(&["<", "<=", ">", ">="], u.arbitrary()?), u.int_in_range(0..=30_000_u32)?);
    let words = format!("{sign} {}.{:03}", ticks / 1_000, ticks % 1_000);
    let Ok(limit) = Cutoff::<Hemoglobin>::read(&words) else {
        // Below 0 there is nothing.
        assert!(words == "< 0.000", "{words}");
        return Ok(());
    };
    let reading: Reading<Hemoglobin> = near(u, &[(2 * ticks).cast_signed()])?;
    assert_eq!(limit.met(reading), met(reading, &words), "{words} {:?}", reading.ends());
    assert_eq!(Reading::<Hemoglobin>::exact(Amount::Ticks(ticks)).map(|x| x.ends()), Ok([(2 * ticks).cast_signed(); 2]));
    Ok(())
}

fn edge(u: &mut Unstructured) -> Result<()> {
    let (rules, printed) = if bool::arbitrary(u)? { (&SOFA_2, &SECOND) } else { (&SOFA_1996, &FIRST) };
    match u.int_in_range(0..=9)? {
        0..=2 => simple(u, rules, printed),
        3 | 4 => ratio(u, rules, printed),
        5 | 6 => doses(u, rules, printed),
        7 => spans(u),
        8 => criteria(u),
        _ if u.arbitrary()? => others(u),
        _ => read(u),
    }
}

fuzz_target!(|data: &[u8]| {
    let _ = edge(&mut Unstructured::new(data));
});
