//! Sizes and offsets of the types, from the Rust that the functions are compiled with.

use endotype_c::course::*;
use endotype_c::event::*;
use endotype_c::immune::*;
use endotype_c::keep::*;
use endotype_c::marker::*;
use endotype_c::names::*;
use endotype_c::reading::*;
use endotype_c::sofa::*;
use endotype_c::text::*;
use endotype_c::window::*;
use std::mem::offset_of;

/// Name, size, and of each field its name, offset and size.
pub type Layout = (&'static str, usize, Vec<(&'static str, usize, usize)>);

fn size_of_field<T, F>(_: impl Fn(&T) -> &F) -> usize {
    size_of::<F>()
}

macro_rules! layouts {
    ($($name:ident { $($field:ident)+ })+) => {
        vec![ $( (stringify!($name), size_of::<$name>(), vec![ $( (
            stringify!($field), offset_of!($name, $field), size_of_field(|it: &$name| &it.$field),
        ) ),+ ]) ),+ ]
    };
}

macro_rules! opaque {
    ($($name:ident)+) => {
        vec![ $( (stringify!($name), size_of::<$name>(), vec![("reserved", 0, size_of::<$name>())]) ),+ ]
    };
}

pub fn expected() -> Vec<Layout> {
    let plain: Vec<Layout> = layouts! {
        endo_text { at length }
        endo_reading { lo hi quantity reserved }
        endo_quantity_row { name unit ticks least most scale reserved }
        endo_source { name citation evidence reserved }
        endo_class { classes single hyperinflammation immunoparalysis }
        endo_needs { ferritin mhla_dr }
        endo_imprecision { absolute per_mille coverage }
        endo_edge { item unit ticks last first points_last points_first reserved }
        endo_infusion { rate drug reserved }
        endo_screen { met respiratory_rate gcs sbp needed }
        endo_event { reading kind which is_so reserved }
        endo_limits { fio2 support weight infusion }
        endo_day_info { number rules urine closed infection emergency reserved }
        endo_witness { minute item drug reserved }
        endo_score_info { total organs assumed reserved }
        endo_response { fall_lo fall_hi met days scored carried dead reserved }
        endo_endpoint { first last fall_tenths after_death gap }
        endo_sample { reading minute remarks corrected reserved }
        endo_answer { rule met need reserved }
        endo_limit { most is_set bias reserved }
        endo_checks { hemolysis icterus lipemia specimen_age stain_time turnaround fell_within lyse_no_wash_least lyse_no_wash_most fell_factor
            undiluted reserved }
        endo_specimen { hemolysis icterus lipemia age stain turnaround undiluted lyse_no_wash reserved }
        endo_immune_rules { gap age ferritin mhla_dr }
        endo_entry { rule minute ferritin_minute mhla_dr_minute class_ needs doubts }
        endo_immune_answer { rule met needs reserved }
        endo_axes { rule both inflamed paralysed reserved }
        endo_candidate { age neutrophils ferritin mhla_dr sepsis_classified entry yes no sepsis covid19 reserved }
        endo_eligibility { passed failed met reserved }
        endo_criterion { words takes_in evidence is_charted reserved }
        endo_arm { active dummy drug days evidence dose_evidence }
        endo_receipt { rules minute kind reserved }
        endo_signal { reading baseline minute since_dose hours met reserved }
    };
    let opaque: Vec<Layout> = opaque! {
        endo_criteria endo_rules endo_window endo_day endo_score endo_carried endo_course endo_series endo_immune endo_watch endo_snapshot
    };
    plain.into_iter().chain(opaque).collect()
}
