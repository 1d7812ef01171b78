use super::*;

fn rules() -> SafetyRules {
    let text = include_str!("../../knowledge/safety.yaml");
    SafetyRules::parse("safety.yaml", text).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

#[test]
fn examples() {
    let rules = rules();
    let screen = Screen::new(&rules);
    let read = |text: &str| {
        let u = Utterance::new(text);
        screen.read(&u, &u)
    };
    let mut wrong = Vec::new();
    for flag in &rules.flags {
        for text in &flag.fires {
            let alarm = read(text);
            if alarm.as_ref().map(|a| a.level) != Some(flag.level) {
                wrong.push(format!("{} must fire: {text} -> {alarm:?}", flag.id));
            }
        }
        for text in &flag.silent {
            if let Some(alarm) = read(text) {
                wrong.push(format!("{} silent: {text} -> {}", flag.id, alarm.flag));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
#[ignore = "a tool: TEXT='…' cargo test trace -- --ignored --nocapture"]
fn trace() {
    let rules = rules();
    let screen = Screen::new(&rules);
    for text in std::env::var("TEXT").unwrap_or_default().split('|') {
        let u = Utterance::new(text);
        let scene = Scene::new(&u, &screen.rules);
        let words: Vec<&str> = u.words().collect();
        let shown: Vec<String> = words
            .iter()
            .enumerate()
            .map(|(i, w)| format!("{w}/{}.{}", scene.run[i], scene.segment[i]))
            .collect();
        eprintln!("== {}", shown.join(" "));
        let hits = screen.hits(&scene);
        let doubts = Doubts::new(&scene, &screen.rules, hits.iter().flatten());
        for ((sign, compiled), hits) in rules.signs.iter().zip(&screen.rules.signs).zip(&hits) {
            for hit in hits {
                let parts: Vec<String> =
                    hit.parts().iter().map(|p| words[p.start as usize..p.end as usize].join(" ")).collect();
                let excused = excused(&scene, &compiled.unless).contains(&scene.sentence[hit.start()]);
                eprintln!("  {} {parts:?} allow={} excused={excused}", sign.id, doubts.allow(compiled, hit));
            }
        }
        eprintln!("  {:?}", screen.read(&u, &u));
        for (name, chains) in [
            ("idiom", &screen.rules.frames.idioms),
            ("principle", &screen.rules.frames.principle),
            ("brief", &screen.rules.frames.brief),
            ("history", &screen.rules.frames.history),
            ("recent", &screen.rules.frames.recent),
            ("present", &screen.rules.frames.present),
            ("candidacy", &screen.rules.frames.candidacy),
        ] {
            for hit in doubt::all(&scene, chains) {
                let parts: Vec<String> =
                    hit.parts().iter().map(|p| words[p.start as usize..p.end as usize].join(" ")).collect();
                eprintln!("  [{name}] {parts:?}");
            }
        }
    }
}
