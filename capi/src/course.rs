//! Closed days, change, endpoint.

use crate::numbers::{self, END, GAP, pick};
use crate::sofa::endo_rules;
use crate::state::{Kept, Out, State};
use crate::status::Refused;
use crate::window::endo_score;
use endotype::published::{IMMUNOSEP_DAY9, IMMUNOSEP_DAY15};
use endotype::{Change, Course, Endpoint, Response};

/// Days that a course holds.
pub const DAYS: usize = 28;

pub type endo_course = State<Course<DAYS>, 20>;

impl Kept for Course<DAYS> {
    const KIND: u32 = 7;
}

/// An endpoint of a site's own.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct endo_endpoint {
    pub first: u8,
    pub last: u8,
    pub fall_tenths: u8,
    pub after_death: u8,
    pub gap: u8,
}

/// What a course says to an endpoint.
#[repr(C)]
pub struct endo_response {
    pub fall_lo: i32,
    pub fall_hi: i32,
    pub met: u8,
    pub days: u8,
    pub scored: u8,
    pub carried: u8,
    pub dead: u8,
    pub reserved: [u8; 3],
}

impl From<Response> for endo_response {
    fn from(response: Response) -> endo_response {
        let Response { met, fall: [fall_lo, fall_hi], days, scored, carried, dead } = response;
        endo_response { fall_lo, fall_hi, met: met as u8, days, scored, carried, dead, reserved: [0; 3] }
    }
}

/// The published endpoints, by their numbers.
pub static ENDPOINTS: [&Endpoint; 2] = [&IMMUNOSEP_DAY9, &IMMUNOSEP_DAY15];

functions! {
    fn endo_course_init(course: Out<'_, endo_course>, rules: Option<&endo_rules>) {
        given!(course, rules);
        course.write(State::new(Course::new(rules.get()?.id())));
    }

    fn endo_course_push(course: Option<&mut endo_course>, score: Option<&endo_score>) {
        given!(course, score);
        course.get_mut()?.push(score.get()?)?;
    }

    fn endo_course_push_total(course: Option<&mut endo_course>, day: u32, total: u32) {
        given!(course);
        course.get_mut()?.push_total(day, numbers::total(total)?)?;
    }

    fn endo_course_gap(course: Option<&mut endo_course>, day: u32) {
        given!(course);
        course.get_mut()?.gap(day)?;
    }

    fn endo_course_end(course: Option<&mut endo_course>, end: u8) {
        given!(course);
        course.get_mut()?.end(pick(&END, end)?)?;
    }

    fn endo_course_amend(course: Option<&mut endo_course>, day: u32, total: u32) {
        given!(course);
        course.get_mut()?.amend(day, numbers::total(total)?)?;
    }

    fn endo_course_length(course: Option<&endo_course>, out: Out<'_, u32>) {
        given!(course, out);
        out.write(course.get()?.len() as u32);
    }

    fn endo_course_rules(course: Option<&endo_course>, out: Out<'_, u32>) {
        given!(course, out);
        out.write(course.get()?.rules().number());
    }

    fn endo_course_total(course: Option<&endo_course>, day: u32, out: Out<'_, u32>) {
        given!(course, out);
        let total = course.get()?.total(day)?;
        out.write(total.map_or(0, |total| total.bits()));
    }

    fn endo_course_amended(course: Option<&endo_course>, day: u32, out: Out<'_, u8>) {
        given!(course, out);
        let amended = course.get()?.amended(day)?;
        out.write(u8::from(amended));
    }

    fn endo_course_change(course: Option<&endo_course>, day: u32, lo: Out<'_, i8>, hi: Out<'_, i8>) {
        given!(course, lo, hi);
        let ends = course.get()?.change(day)?.ends();
        lo.write(ends[0]);
        hi.write(ends[1]);
    }

    fn endo_total_change(from: u32, to: u32, lo: Out<'_, i8>, hi: Out<'_, i8>) {
        given!(lo, hi);
        let ends = Change::between(numbers::total(from)?, numbers::total(to)?).ends();
        lo.write(ends[0]);
        hi.write(ends[1]);
    }

    fn endo_response_of(endpoint: u8, course: Option<&endo_course>, out: Out<'_, endo_response>) {
        given!(course, out);
        let response = pick(&ENDPOINTS, endpoint)?.response(course.get()?)?;
        out.write(response.into());
    }

    fn endo_response_local(
        endpoint: Option<&endo_endpoint>,
        rules: Option<&endo_rules>,
        course: Option<&endo_course>,
        out: Out<'_, endo_response>,
    ) {
        given!(endpoint, rules, course, out);
        let &endo_endpoint { first, last, fall_tenths, after_death, gap } = endpoint;
        if first == 0 || last <= first || last - first > 127 || after_death > 24 {
            return Err(Refused::SETTING);
        }
        let gap = pick(&GAP, gap)?;
        let local = Endpoint { first, last, fall_tenths, after_death, gap, rules: rules.get()?.id() };
        let response = local.response(course.get()?)?;
        out.write(response.into());
    }
}
