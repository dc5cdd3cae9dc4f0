//! Who responds, and who would if the fall were rounded before it is compared.

use endotype::published::{IMMUNOSEP_DAY9, IMMUNOSEP_DAY15};
use endotype::{Course, Endpoint, Error, Met, Total};
use std::collections::BTreeSet;

pub(crate) static ENDPOINTS: [(&str, &Endpoint); 2] = [("day 9", &IMMUNOSEP_DAY9), ("day 15", &IMMUNOSEP_DAY15)];

/// Of every SOFA of day 1 with every sum of the days behind it.
#[derive(Default)]
pub(crate) struct Counted {
    pub(crate) pairs: u32,
    /// Responders as the crate decides.
    pub(crate) exact: u32,
    /// Responders of the rounded fall.
    pub(crate) rounded: u32,
    /// Responders of the rounded fall only.
    pub(crate) wrong: u32,
    /// Their falls, times the days in the mean.
    pub(crate) falls: BTreeSet<i32>,
    pub(crate) days: u8,
}

/// A course of `first` on day 1 whose days behind it add up to `sum`: as many of 24 as fit.
fn course(endpoint: &Endpoint, first: u8, mut sum: u16) -> Result<Course<15>, Error> {
    let mut course = Course::new(endpoint.rules);
    course.push_total(1, Total::only(first))?;
    for day in endpoint.first + 1..=endpoint.last {
        let points = sum.min(24);
        sum -= points;
        course.push_total(day.into(), Total::only(points as u8))?;
    }
    Ok(course)
}

pub(crate) fn count(endpoint: &Endpoint) -> Result<Counted, Error> {
    let mut counted = Counted { days: endpoint.last - endpoint.first, ..Counted::default() };
    for first in 0..=24 {
        for sum in 0..=24 * u16::from(counted.days) {
            let response = endpoint.response(&course(endpoint, first, sum)?)?;
            let exact = response.met == Met::Yes;
            // Whole scores: both ends of the fall are one number. `round` is half away from zero.
            let tenths = (10.0 * f64::from(response.fall[0]) / f64::from(response.days)).round();
            let rounded = tenths >= f64::from(endpoint.fall_tenths);
            counted.pairs += 1;
            counted.exact += u32::from(exact);
            counted.rounded += u32::from(rounded);
            if rounded && !exact {
                counted.wrong += 1;
                counted.falls.insert(response.fall[0]);
            }
        }
    }
    Ok(counted)
}
