//! The shipped stays, event by event, for tests.

use endotype::Event;

pub(crate) struct Stay {
    pub(crate) patient: String,
    /// Minute, item, unit, value, and the event that they are.
    pub(crate) events: Vec<(u32, [String; 3], Event)>,
}

/// Real ones, then the made-up courses of the markers and the scenarios.
pub(crate) fn shipped() -> Vec<Stay> {
    let mut stays: Vec<Stay> = Vec::new();
    for file in ["tests/data/mimic-iv-demo-stays.csv", "tests/data/made-up-markers.csv", "tests/data/made-up-scenarios.csv"] {
        for record in csv::Reader::from_path(file).unwrap().records() {
            let record = record.unwrap();
            let [patient, minute, item, value, unit] = [0, 1, 2, 3, 4].map(|at| record[at].to_owned());
            if stays.last().is_none_or(|stay| stay.patient != patient) {
                stays.push(Stay { patient, events: Vec::new() });
            }
            let event = Event::read(&item, &unit, &value).unwrap();
            stays.last_mut().unwrap().events.push((minute.parse().unwrap(), [item, unit, value], event));
        }
    }
    stays
}
