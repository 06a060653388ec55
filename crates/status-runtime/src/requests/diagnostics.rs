//! «Why does it not work?»

use std::fmt::Write as _;

use pachca_client::{ErrorKind, RequestRecord};
use status_core::{Day, FailureKind, Notice, Snapshot, TokenState, When};

use crate::failure::failure_kind;
use crate::{
    DiagnosticLine, Diagnostics, RequestLine, StoreError, Verdict,
    context::{Context, user_agent},
    engine::Engine,
    sync::lock,
};

impl Engine {
    /// The lines, in the order of dependence: whoever reads from the top meets the cause before its consequences.
    pub async fn diagnostics(&self) -> Diagnostics {
        let context = &self.context;
        let snapshot = context.snapshot();
        let probed = match context.server() {
            Ok(server) => Some(
                pachca_client::probe(&server, &user_agent())
                    .await
                    .map(drop)
                    .map_err(|error| error.kind()),
            ),
            Err(_) => None,
        };
        let keyring = context.keyring.is_locked().within().await;
        let address =
            context.server().map_or_else(|_| String::new(), |server| server.as_str().to_owned());
        let lines = vec![
            network(probed.as_ref()),
            server(probed.as_ref(), &snapshot, address),
            token(snapshot.token),
            scopes(&snapshot),
            self::keyring(keyring, context.keyring.name()),
            tray(context.host.tray_host_present()),
            files(&snapshot.notices),
            clock(&snapshot.notices, context),
        ];
        let requests =
            context.requests.newest_first().iter().map(|record| request(record, context)).collect();
        Diagnostics { lines, requests, versions: lock(&context.versions).clone() }
    }

    /// The same as text, without anything of the person's own: no address of their server, no name, no path, no token.
    pub async fn diagnostics_report(&self) -> String {
        let context = &self.context;
        let diagnostics = self.diagnostics().await;
        let mut report = String::new();
        for (name, version) in &diagnostics.versions {
            let _ = writeln!(report, "{name}: {version}");
        }
        let server = context.server().map_or("not valid", |server| {
            if server == pachca_client::ServerUrl::default() { "cloud" } else { "own" }
        });
        let _ = writeln!(report, "server kind: {server}");
        report.push('\n');
        for line in &diagnostics.lines {
            let _ = write!(report, "{}: {:?}, {}", line.id, line.verdict, line.outcome);
            // Names of scopes and stores and numbers are nobody's secret; addresses and paths are.
            if let Some(detail) = line
                .detail
                .as_deref()
                .filter(|_| matches!(line.id.as_str(), "scopes" | "keyring" | "clock"))
            {
                let _ = write!(report, " ({detail})");
            }
            report.push('\n');
        }
        report.push('\n');
        for request in &diagnostics.requests {
            let status =
                request.status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
            let _ = write!(
                report,
                "{} {} {} {status}, {} ms",
                request.at.at, request.method, request.path, request.milliseconds
            );
            if let Some(failure) = request.failure {
                let _ = write!(report, ", {failure:?}");
            }
            if let Some(id) = &request.request_id {
                let _ = write!(report, ", request id {}", id.escape_default());
            }
            report.push('\n');
        }
        report
    }
}

fn line(id: &str, verdict: Verdict, outcome: &str, detail: Option<String>) -> DiagnosticLine {
    DiagnosticLine { id: id.to_owned(), verdict, outcome: outcome.to_owned(), detail }
}

fn network(probed: Option<&Result<(), ErrorKind>>) -> DiagnosticLine {
    let (verdict, outcome) = match probed {
        None => (Verdict::Unknown, "unknown"),
        Some(Err(ErrorKind::Offline)) => (Verdict::Bad, "offline"),
        Some(Err(ErrorKind::Timeout)) => (Verdict::Bad, "timeout"),
        Some(Err(ErrorKind::Tls)) => (Verdict::Bad, "tls"),
        Some(Err(ErrorKind::NotPachca)) => (Verdict::Bad, "not_pachca"),
        Some(_) => (Verdict::Good, "reached"),
    };
    line("network", verdict, outcome, None)
}

fn server(
    probed: Option<&Result<(), ErrorKind>>,
    snapshot: &Snapshot,
    address: String,
) -> DiagnosticLine {
    let paused = matches!(&snapshot.problem, Some(problem) if problem.failure.kind == FailureKind::RateLimited);
    let (verdict, outcome) = match probed {
        Some(Ok(())) if !paused => (Verdict::Good, "answers"),
        Some(Ok(()) | Err(ErrorKind::RateLimited)) => (Verdict::Limited, "paused"),
        Some(Err(ErrorKind::Server)) => (Verdict::Bad, "error"),
        None | Some(Err(ErrorKind::NotFound)) => (Verdict::Bad, "not_found"),
        Some(Err(ErrorKind::Offline | ErrorKind::Timeout | ErrorKind::Tls)) => {
            (Verdict::Unknown, "unknown")
        }
        Some(Err(_)) => (Verdict::Bad, "unexpected"),
    };
    line("server", verdict, outcome, Some(address))
}

fn token(state: TokenState) -> DiagnosticLine {
    let (verdict, outcome) = match state {
        TokenState::Loading => (Verdict::Unknown, "loading"),
        TokenState::Slow => (Verdict::Bad, "slow"),
        TokenState::Missing => (Verdict::Bad, "missing"),
        TokenState::Kept => (Verdict::Good, "kept"),
        TokenState::SessionOnly => (Verdict::Limited, "session_only"),
        TokenState::FromEnvironment => (Verdict::Good, "from_environment"),
        TokenState::Locked => (Verdict::Bad, "locked"),
        TokenState::Denied => (Verdict::Bad, "denied"),
        TokenState::NoService => (Verdict::Bad, "no_service"),
        TokenState::Several => (Verdict::Bad, "several"),
        TokenState::Rejected => (Verdict::Bad, "rejected"),
    };
    line("token", verdict, outcome, None)
}

fn scopes(snapshot: &Snapshot) -> DiagnosticLine {
    let known = snapshot.account.as_ref().is_some_and(|account| !account.scopes.is_empty());
    if !known {
        return line("scopes", Verdict::Unknown, "unknown", None);
    }
    if snapshot.missing_scopes.is_empty() {
        return line("scopes", Verdict::Good, "all", None);
    }
    let names: Vec<&str> = snapshot.missing_scopes.iter().map(|scope| scope.name()).collect();
    line("scopes", Verdict::Limited, "missing", Some(names.join(", ")))
}

fn keyring(locked: Option<Result<bool, StoreError>>, name: &str) -> DiagnosticLine {
    let (verdict, outcome) = match locked {
        None => (Verdict::Bad, "slow"),
        Some(Ok(false)) => (Verdict::Good, "open"),
        Some(Ok(true) | Err(StoreError::Locked)) => (Verdict::Limited, "locked"),
        Some(Err(StoreError::NoService)) => (Verdict::Limited, "no_service"),
        Some(Err(_)) => (Verdict::Limited, "denied"),
    };
    line("keyring", verdict, outcome, Some(name.to_owned()))
}

fn tray(present: Option<bool>) -> DiagnosticLine {
    let (verdict, outcome) = match present {
        Some(true) => (Verdict::Good, "present"),
        Some(false) => (Verdict::Limited, "absent"),
        None => (Verdict::Unknown, "unknown"),
    };
    line("tray", verdict, outcome, None)
}

fn files(notices: &[Notice]) -> DiagnosticLine {
    let worst = notices.iter().find_map(|notice| match notice {
        Notice::CannotSave { path, .. } => Some((Verdict::Bad, "failing", path)),
        Notice::FileFromNewerVersion { path } => Some((Verdict::Bad, "newer", path)),
        Notice::FileDamaged { path, .. } => Some((Verdict::Limited, "damaged", path)),
        _ => None,
    });
    match worst {
        Some((verdict, outcome, path)) => line("files", verdict, outcome, Some(path.clone())),
        None => line("files", Verdict::Good, "writable", None),
    }
}

fn clock(notices: &[Notice], context: &Context) -> DiagnosticLine {
    let off = notices.iter().find_map(|notice| match notice {
        Notice::ClockOff { seconds } => Some(*seconds),
        _ => None,
    });
    match off {
        Some(seconds) => line("clock", Verdict::Limited, "off", Some(seconds.to_string())),
        None if context
            .requests
            .newest_first()
            .iter()
            .any(|record| record.server_time.is_some()) =>
        {
            line("clock", Verdict::Good, "right", None)
        }
        None => line("clock", Verdict::Unknown, "unknown", None),
    }
}

fn request(record: &RequestRecord, context: &Context) -> RequestLine {
    RequestLine {
        method: record.method.to_owned(),
        path: record.path.to_owned(),
        status: record.status,
        failure: record.failure.map(failure_kind),
        milliseconds: u64::try_from(record.duration.as_millis()).unwrap_or(u64::MAX),
        request_id: record.request_id.clone(),
        at: moment(record, context),
    }
}

/// When a request was made, in the words' own terms; requests are minutes old, so seconds are said.
fn moment(record: &RequestRecord, context: &Context) -> When {
    let now = context.clock.now();
    let at = record.started.to_zoned_datetime(now.time_zone().clone());
    let age = now.timestamp().duration_since(record.started);
    let day = if at.date() == now.date() {
        Day::Today
    } else if age.abs() < jiff::SignedDuration::from_hours(48)
        && at.date().tomorrow().ok() == Some(now.date())
    {
        Day::Yesterday
    } else if at.year() == now.year() {
        Day::ThisYear
    } else {
        Day::OtherYear
    };
    When {
        at: record.started,
        day,
        time: at.strftime("%H:%M:%S").to_string(),
        day_of_month: at.day(),
        month: at.month(),
        year: at.year(),
    }
}
