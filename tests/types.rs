//! What firmware may do with every public type: copy it between tasks, compare it, and with `defmt` log it.

use endotype::quantity::{Ferritin, Row, Scale};
use endotype::*;

macro_rules! every_type {
    ($check:ident) => {
        $check::<Amount>();
        $check::<Answer>();
        $check::<Answers>();
        $check::<Apart>();
        $check::<Arm>();
        $check::<Axes>();
        $check::<Bias>();
        $check::<Candidate>();
        $check::<Carried>();
        #[cfg(feature = "libm")]
        $check::<Chance>();
        $check::<Change>();
        $check::<Checks>();
        $check::<Classification>();
        $check::<Course<28>>();
        $check::<Criteria>();
        $check::<CriteriaRows>();
        $check::<Criterion>();
        $check::<CriterionRow>();
        $check::<Cutoff<Ferritin>>();
        $check::<Cutoffs<Ferritin>>();
        $check::<Day>();
        $check::<Dose>();
        $check::<Edge>();
        $check::<Eligibility>();
        $check::<End>();
        $check::<Endotype>();
        $check::<Endpoint>();
        $check::<Entry>();
        $check::<Error>();
        $check::<Event>();
        $check::<Fall>();
        $check::<Filed>();
        $check::<Flag>();
        $check::<Gap>();
        $check::<Gas>();
        $check::<Guarded<Ferritin>>();
        $check::<How>();
        $check::<Immune<7>>();
        $check::<ImmuneRules>();
        $check::<Imprecision<Ferritin>>();
        $check::<Infusion>();
        $check::<Infusions>();
        $check::<Item>();
        $check::<Kind>();
        $check::<Level>();
        $check::<Limit>();
        $check::<Limits>();
        $check::<Marker>();
        $check::<Met>();
        $check::<Method>();
        $check::<Missing>();
        $check::<Need>();
        $check::<Needs>();
        $check::<OnDays<Ferritin>>();
        $check::<Organ>();
        $check::<Points>();
        $check::<Prior>();
        $check::<Qsofa>();
        $check::<Rate>();
        $check::<Reading<Ferritin>>();
        $check::<Reference<Ferritin>>();
        $check::<Remark>();
        $check::<Remarks>();
        $check::<Receipt>();
        $check::<Response>();
        $check::<Restoration>();
        $check::<Row>();
        $check::<RuleId>();
        $check::<Salt>();
        $check::<Sample<Ferritin>>();
        $check::<Scale>();
        $check::<Score>();
        $check::<Screen>();
        $check::<SecondRows>();
        $check::<Sepsis3>();
        $check::<Series<Ferritin, 7>>();
        $check::<Signal<Ferritin>>();
        $check::<Slope>();
        $check::<Snapshot<9, 7>>();
        $check::<Sofa>();
        $check::<SofaRows>();
        $check::<SofaRules>();
        $check::<Specimen>();
        $check::<Stays>();
        $check::<Support>();
        $check::<Supports>();
        $check::<Total>();
        $check::<Trend>();
        $check::<Trial>();
        $check::<Twice<Ferritin>>();
        #[cfg(feature = "libm")]
        $check::<Uncertainty<Ferritin>>();
        $check::<UrineSpan>();
        $check::<Watch<Ferritin>>();
        $check::<Window>();
        $check::<Witness>();
        $check::<published::Evidence>();
        $check::<published::Source>();
    };
}

/// The names above, against those that lib.rs lets out of the door: a new type is checked, too.
#[test]
fn r226_the_list_is_complete() {
    let [door, list] = ["src/lib.rs", "tests/types.rs"].map(|file| std::fs::read_to_string(file).unwrap());
    let exported = door.lines().filter_map(|line| line.strip_prefix("pub use ")).flat_map(|line| {
        let names = line.split_once("::").unwrap().1.trim_end_matches(';').trim_matches(['{', '}']);
        names.split(", ").map(str::to_owned).collect::<Vec<_>>()
    });
    let types: Vec<String> = exported.filter(|name| name.starts_with(char::is_uppercase) && name != "ITEMS").collect();
    assert!(types.len() > 40, "{types:?}");
    let listed = |name: &str| list.contains(&format!("$check::<{name}>")) || list.contains(&format!("$check::<{name}<"));
    let missing: Vec<_> = types.iter().filter(|name| !listed(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(!listed("Procalcitonin"));
}

#[test]
fn r226_state_goes_from_task_to_task() {
    fn sent<T: Send + Sync + Clone + PartialEq + std::fmt::Debug + 'static>() {}
    every_type!(sent);
    fn copied<T: Copy>() {}
    copied::<Window>();
    copied::<Event>();
}

#[cfg(feature = "defmt")]
#[test]
fn r231_every_public_type_can_be_logged() {
    fn logged<T: defmt::Format>() {}
    every_type!(logged);
}

/// Kept per patient; the README names these numbers.
#[test]
fn r224_the_state_is_small() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let [window, course] = [size_of::<endotype::Window>(), size_of::<endotype::Course<28>>()];
    let immune = size_of::<endotype::Immune<7>>();
    assert!(window <= 608 && course <= 160 && immune <= 192, "{window} {course} {immune}");
    // `cargo xtask verify --only miri` runs this with pointers of 32 bits, as a device has them.
    let course = match usize::BITS {
        32 => format!("`Course<28>` {course} ("),
        bits => format!("({course} where a pointer has {bits} bits)"),
    };
    for said in [format!("`Window` is {window} bytes"), course, format!("`Immune<7>` {immune}")] {
        assert!(readme.contains(&said), "README.md does not say: {said}");
    }
}
