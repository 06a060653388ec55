//! What deciding costs, without any input or output: `cargo xtask bench engine`.

#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use status_core::{Action, Command, Effect, PresetId, Tray};
use support::{Fixture, default_presets};

const NOW: &str = "2026-11-23T12:00:00+03:00[Europe/Moscow]";

/// A click, its request, and the server's answer.
fn intent(app: &mut Fixture, preset: &str) {
    app.effects.clear();
    let effects = app.click(preset);
    let sent = effects.into_iter().find_map(|effect| match effect {
        Effect::PutStatus(_, ticket, status) => Some((ticket, status)),
        _ => None,
    });
    if let Some((ticket, status)) = sent {
        app.act(Action::StatusWritten(ticket, Ok(Some(status))));
    }
}

fn engine(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("engine");
    let mut app = Fixture::connected(NOW, None);
    let mut turn = 0;
    group.bench_function("a click and its answer", |bencher| {
        bencher.iter(|| {
            turn += 1;
            intent(&mut app, ["away", "lunch"][turn % 2]);
        });
    });
    for presets in [6, 100] {
        let mut app = Fixture::connected(NOW, None);
        intent(&mut app, "away");
        for number in default_presets().len()..presets {
            let mut preset = default_presets().remove(0);
            preset.id = PresetId(format!("more-{number}"));
            app.person(Command::SavePreset(preset));
        }
        group.bench_function(format!("snapshot, {presets} presets"), |bencher| {
            bencher.iter(|| black_box(app.snapshot()));
        });
        let snapshot = app.snapshot();
        group.bench_function(format!("tray of a snapshot, {presets} presets"), |bencher| {
            bencher.iter(|| black_box(Tray::of(&snapshot)));
        });
        group.bench_function(format!("snapshot as JSON, {presets} presets"), |bencher| {
            bencher.iter(|| black_box(serde_json::to_string(&snapshot)));
        });
    }
    group.finish();
}

criterion_group!(benches, engine);
criterion_main!(benches);
