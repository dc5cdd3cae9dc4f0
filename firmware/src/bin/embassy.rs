//! As it ships: the interrupt queues events with their minute, a task feeds them to the window.

#![no_std]
#![no_main]

use cortex_m::peripheral::{Peripherals, SYST, syst::SystClkSource};
use cortex_m_rt::exception;
use embassy_executor::Spawner;
use embassy_sync::blocking_mutex::raw::CriticalSectionRawMutex;
use embassy_sync::channel::{Channel, TrySendError};
use firmware::stays::{Chart, Charted, Refused};
use firmware::{Bedside, log};

/// An event, or that there is none to come.
type Next = Option<Result<Charted, Refused>>;

/// Shorter than what one tick has to say, so that it is full at every tick.
static QUEUE: Channel<CriticalSectionRawMutex, Next, 8> = Channel::new();

/// 1 ms at the 25 MHz of the MPS2 boards.
const TICK: u32 = 25_000;

/// What a full queue does not take is kept for the next tick.
#[exception]
fn SysTick() {
    static mut CHART: Chart = Chart::START;
    static mut KEPT: Option<Next> = None;
    loop {
        let next = KEPT.take().unwrap_or_else(|| CHART.next());
        if let Err(TrySendError::Full(next)) = QUEUE.try_send(next) {
            *KEPT = Some(next);
            return;
        }
    }
}

fn start(mut tick: SYST) {
    tick.set_clock_source(SystClkSource::Core);
    tick.set_reload(TICK - 1);
    tick.clear_current();
    tick.enable_interrupt();
    tick.enable_counter();
}

async fn monitor() -> Result<(), Refused> {
    let mut bedside = Bedside::default();
    while let Some(charted) = QUEUE.receive().await {
        bedside.take(&charted?)?;
    }
    bedside.end()
}

#[embassy_executor::main]
async fn main(_spawner: Spawner) {
    if let Some(peripherals) = Peripherals::take() {
        start(peripherals.SYST);
    }
    log::finish(monitor().await)
}
