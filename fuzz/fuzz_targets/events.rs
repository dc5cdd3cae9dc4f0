//! Charted events, late ones, outages and closed days, in both editions, against a model with collections that grow without a bound.
#![no_main]

use arbitrary::{Result, Unstructured};
use endotype::published::{SOFA_2, SOFA_1996};
use endotype::quantity::*;
use endotype::{
    Carried, Day, Event, Flag, How, Infusion, Infusions, Limits, Missing, Organ, Rate, Reading, SofaRules, Support, Window,
};
use endotype_fuzz::model::{Look, Model, Parts};
use endotype_fuzz::{chart, one};
use libfuzzer_sys::fuzz_target;

const HOWS: [How; 6] = {
    const fn how(missing: Missing, infusions: Infusions) -> How {
        How { missing, infusions }
    }
    [
        how(Missing::Open, Infusions::Complete),
        how(Missing::Normal, Infusions::Complete),
        how(Missing::Carry, Infusions::Complete),
        how(Missing::Open, Infusions::Unknown),
        how(Missing::Normal, Infusions::Unknown),
        how(Missing::Carry, Infusions::Unknown),
    ]
};

/// Where points change in either edition, in half-ticks.
fn near<Q: Quantity>(u: &mut Unstructured, units: &[f64]) -> Result<Reading<Q>> {
    let edges: Vec<_> = units.iter().map(|cut| (cut * f64::from(2 * Q::TICKS)).round() as i32).collect();
    chart::reading(u, &edges)
}

fn event(u: &mut Unstructured) -> Result<Event> {
    Ok(match u.int_in_range(0..=31_u8)? {
        0 => Event::Platelets(near(u, &[20.0, 50.0, 80.0, 100.0, 150.0])?),
        1 => Event::Bilirubin(near(u, &[1.2, 2.0, 3.0, 6.0, 12.0])?),
        2 => Event::BilirubinSi(near(u, &[20.0, 20.6, 33.0, 102.0, 204.0, 205.0])?),
        3 => Event::Creatinine(near(u, &[1.2, 2.0, 3.5, 5.0])?),
        4 => Event::CreatinineSi(near(u, &[110.0, 170.0, 171.0, 300.0, 440.0])?),
        5 | 6 => Event::Map(near(u, &[40.0, 50.0, 60.0, 70.0])?),
        7 | 8 => Event::Gcs(near(u, &[4.0, 6.0, 9.0, 10.0, 13.0, 15.0])?),
        9 => Event::GcsMotor(near(u, &[2.0, 3.0, 4.0, 5.0, 6.0])?),
        10 => Event::PaO2(near(u, &[60.0, 80.0, 90.0, 120.0])?),
        11 => Event::PaO2KPa(near(u, &[5.32, 8.0, 10.68, 13.3])?),
        12 => Event::SpO2(near(u, &[90.0, 96.0, 98.0])?),
        13 => Event::FiO2(chart::reported(near(u, &[21.0, 32.0, 36.0, 40.0, 45.0, 75.0])?)),
        14 | 15 => Event::Support(*one(Support::ALL, u.arbitrary()?)),
        16 | 17 => Event::Urine(near(u, &[0.0, 15.0, 40.0, 240.0, 500.0])?),
        18 => Event::Weight(near(u, &[50.0, 80.0])?),
        19 => Event::Lactate(near(u, &[2.0])?),
        20 => Event::Potassium(near(u, &[6.0])?),
        21 => Event::Ph(near(u, &[7.2])?),
        22 => Event::Bicarbonate(near(u, &[12.0])?),
        23..=25 => {
            let drug = *one(
                &[Infusion::Norepinephrine, Infusion::Epinephrine, Infusion::Dopamine, Infusion::Dobutamine],
                u.arbitrary()?,
            );
            let by_weight = &[0.0, 0.0, 0.1, 0.2, 0.4, 5.0, 15.0, 20.0, 40.0];
            let rate = if u.arbitrary()? {
                Rate::ByWeight(near(u, by_weight)?)
            } else {
                Rate::PerMinute(near(u, &[0.0, 0.0, 8.0, 16.0, 400.0])?)
            };
            Event::Infusion(drug, rate)
        }
        26 => {
            let drug = *one(
                &[Infusion::Vasopressin, Infusion::Phenylephrine, Infusion::Milrinone, Infusion::OtherVasoactive],
                u.arbitrary()?,
            );
            Event::Infusion(drug, Rate::Any(near(u, &[0.0, 1.0])?))
        }
        27..=29 => Event::Flag(*one(Flag::ALL, u.arbitrary()?), u.arbitrary()?),
        30 => *one(
            &[Event::Sbp(Reading::UNKNOWN), Event::SepsisClassified, Event::IcuAdmission, Event::Ferritin(Reading::UNKNOWN)],
            u.arbitrary()?,
        ),
        _ => match u.arbitrary::<u8>()? {
            0..=7 => Event::Death,
            8..=15 => Event::Discharge,
            _ => Event::Gcs(Reading::UNKNOWN),
        },
    })
}

/// What is called, for whoever looks for the cause of a difference.
fn told(call: impl FnOnce() -> String) {
    if std::env::var_os("ENDOTYPE_FUZZ_TOLD").is_some() {
        eprintln!("{}", call());
    }
}

fn minute(u: &mut Unstructured, clock: u32) -> Result<u32> {
    Ok(match u.int_in_range(0..=15_u8)? {
        0..=2 => clock,
        3..=6 => clock + u32::from(u.arbitrary::<u8>()? % 16),
        7..=10 => clock + u32::from(u.arbitrary::<u8>()?),
        11 | 12 => clock.saturating_sub(u32::from(u.arbitrary::<u8>()? % 16)),
        13 => clock.saturating_sub(u32::from(u.arbitrary::<u8>()?) * 6),
        14 => clock + u32::from(u.arbitrary::<u8>()?) * 6,
        _ => u.arbitrary()?,
    })
}

struct Carries([(Carried, Parts); HOWS.len()]);

fn compare(day: &Day, look: &Look, rules: &SofaRules, before: &Carries) -> Carries {
    let carries = std::array::from_fn(|at| {
        let (how, (carried, parts)) = (HOWS[at], &before.0[at]);
        let score = day.score(rules, how, *carried);
        let (organs, taken) = look.organs(how, parts);
        let found = Organ::ALL.map(|organ| score.sofa().organ(organ).bits());
        let shown = |sets: [u8; 6]| sets.map(|set| format!("{set:05b}")).join(" ");
        assert!(found == organs, "day {} {how:?}: the crate {}, the model {}", day.number(), shown(found), shown(organs));
        (score.carried(), taken)
    });
    assert_eq!((day.infection(), day.emergency()), (look.infection, look.emergency));
    for infusions in [Infusions::Complete, Infusions::Unknown] {
        assert_eq!(day.circulatory_shock(infusions), look.shock(infusions), "shock, {infusions:?}");
    }
    match look.volume {
        None => assert!(day.urine().is_unknown()),
        Some(volume) if volume[1] < 2_000_000_000 => assert_eq!(day.urine().ends().map(i64::from), volume, "urine"),
        Some(_) => {}
    }
    for organ in Organ::ALL {
        match (day.witness(organ), look.witnesses(organ)) {
            (None, None) => {}
            (Some(found), Some((items, minute))) => {
                assert!(
                    found.minute == minute && items.contains(&found.item),
                    "{organ:?}: {found:?}, the model {items:?} at {minute}"
                );
            }
            (found, expected) => panic!("{organ:?}: {found:?}, the model {expected:?}"),
        }
    }
    Carries(carries)
}

fn run(u: &mut Unstructured) -> Result<()> {
    let second = u.arbitrary()?;
    let (rules, other) = if second { (&SOFA_2, &SOFA_1996) } else { (&SOFA_1996, &SOFA_2) };
    let limits = match u.int_in_range(0..=3_u8)? {
        0 => Limits {
            fio2: u.arbitrary::<u8>()?.into(),
            support: u.arbitrary::<u8>()?.into(),
            weight: u.arbitrary::<u8>()?.into(),
            infusion: u.arbitrary::<u8>()?.into(),
        },
        _ => Limits::NONE,
    };
    let mut window = Window::new(rules).with_limits(limits);
    let mut model = Model::new(second, limits);
    let mut carries = Carries([(Carried::NONE, Parts::default()); HOWS.len()]);
    for _ in 0..80 {
        if u.is_empty() || model.day > 5 {
            break;
        }
        match u.int_in_range(0..=63_u8)? {
            0..=2 => match (window.close_day(rules), model.close_day()) {
                (Ok(day), Ok(look)) => {
                    assert!(day.closed());
                    carries = compare(&day, &look, rules, &carries);
                }
                (found, expected) => assert_eq!(found.err(), expected.err(), "close_day"),
            },
            3..=5 => {
                let now = minute(u, window.clock())?;
                told(|| format!("resume {now}"));
                assert_eq!(window.resume(rules, now), model.resume(now), "resume {now}");
            }
            6..=9 => drop(compare(&window.so_far(rules).unwrap(), &model.look(false), rules, &carries)),
            10 => {
                let before = window;
                assert_eq!(window.push(other, 0, &Event::Death), Err(endotype::Error::RulesDiffer));
                assert!(window == before && window.rolling(rules).is_ok());
            }
            _ => {
                let (event, minute) = (event(u)?, minute(u, window.clock())?);
                told(|| format!("{minute} {event:?}"));
                let before = window;
                let done = window.push(rules, minute, &event);
                assert_eq!(done, model.push(minute, &event), "{event:?} at {minute}");
                assert!(done.is_ok() || window == before, "a refusal changes nothing");
            }
        }
        let at = (window.clock(), window.day(), window.day_end(), window.end());
        assert_eq!(at, (model.clock, model.day, model.day_end(), model.end));
    }
    compare(&window.so_far(rules).unwrap(), &model.look(false), rules, &carries);
    Ok(())
}

fuzz_target!(|data: &[u8]| {
    let _ = run(&mut Unstructured::new(data));
});
