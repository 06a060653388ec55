//! The window through its own web view's driver: what a person sees and does in it.

use std::{net::Ipv4Addr, path::Path, time::Duration};

use anyhow::{Context as _, Result, bail};
use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use crate::{PATIENCE, process::Process, within};

/// Ports of the drivers, one for each display: display numbers are unique on a machine, so these are.
const PORTS: u16 = 21_000;

/// The open window. The program was started by the driver and ends with this value.
///
/// A part of the page is named by its test id, or by the ids of what it is in and its own, with spaces between them.
#[derive(Debug)]
pub struct Window {
    client: Client,
    driver: Process,
}

/// Waits inside the page, by the page's own changes and where the focus goes: resolves with what `look` gives
/// once it is neither null,
/// undefined nor false; gives `null` when the time is over. `look` is put before it as text: the page's policy lets
/// nobody make a function of a string, the driver included.
const WHEN: &str = r"
const [parameters, patience, done] = arguments;
const watching = new AbortController();
let observer, timer;
const settle = (value) => { watching.abort(); observer.disconnect(); clearTimeout(timer); done(value); };
const changes = { attributes: true, characterData: true, childList: true, subtree: true };
// What is inside a component changes without the document's knowing.
const watch = () => {
    for (const part of document.getElementsByTagName('*')) if (part.shadowRoot) observer.observe(part.shadowRoot, changes);
};
const attempt = () => {
    const value = look(parameters);
    if (value === null || value === undefined || value === false) {
        watch();
        return false;
    }
    settle(value);
    return true;
};
observer = new MutationObserver(attempt);
timer = setTimeout(() => settle(null), patience);
if (!attempt()) {
    observer.observe(document, changes);
    for (const type of ['input', 'focusin', 'focus', 'transitionend', 'animationend']) {
        window.addEventListener(type, attempt, { capture: true, signal: watching.signal });
    }
}
";

/// Whether an element is to be seen.
const VISIBLE: &str = "
const element = document.querySelector(parameters[0].split(' ').map((id) => `[data-testid='${id}']`).join(' '));
if (!element || !element.checkVisibility({ visibilityProperty: true })) return false;
";

impl Window {
    /// Starts the driver and, through it, the program; waits until the window is there and drawn.
    pub(crate) async fn open(
        number: u16,
        log: &Path,
        mut driver: std::process::Command,
        program: &Path,
        arguments: &[String],
    ) -> Result<Self> {
        let port = PORTS + number;
        driver.arg("--host=127.0.0.1").arg(format!("--port={port}"));
        driver.env("TAURI_AUTOMATION", "true").env("TAURI_WEBVIEW_AUTOMATION", "true");
        let driver = Process::start_logged("WebKitWebDriver", &mut driver, log)?;
        within("the web driver listens", listens(port)).await?;

        let mut wanted = serde_json::Map::new();
        wanted.insert(
            "webkitgtk:browserOptions".into(),
            json!({ "binary": program, "args": arguments }),
        );
        let address = format!("http://127.0.0.1:{port}");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client =
            within("the window opens", builder.capabilities(wanted).connect(&address)).await?;
        let mut timeouts = fantoccini::wd::TimeoutConfiguration::default();
        timeouts.set_script(Some(PATIENCE + Duration::from_secs(5)));
        client.update_timeouts(timeouts).await?;
        let window = Self { client, driver };
        window
            .when(
                "the window is drawn",
                "return document.documentElement.dataset.ready === 'true';",
                &[],
            )
            .await?;
        Ok(window)
    }

    /// Process number of the driver, the parent of the program.
    pub fn driver_pid(&self) -> u32 {
        self.driver.pid()
    }

    /// Waits until the body of a function, looking at the page with `parameters[…]`, gives something; returns it.
    pub async fn when(&self, what: &str, look: &str, parameters: &[&str]) -> Result<Value> {
        // The page gives up first: it can say what it shows instead.
        let patience = PATIENCE.saturating_sub(Duration::from_secs(5));
        let patience = u64::try_from(patience.as_millis()).unwrap_or(u64::MAX);
        let script = format!("const look = (parameters) => {{\n{look}\n}};\n{WHEN}");
        let arguments = vec![json!(parameters), json!(patience)];
        let found = within(what, self.client.execute_async(&script, arguments)).await?;
        if found.is_null() {
            bail!("waited {PATIENCE:?} for: {what}\nthe page says: {}", self.words().await?);
        }
        Ok(found)
    }

    /// Waits until this part is to be seen.
    pub async fn sees(&self, id: &str) -> Result<()> {
        self.when(&format!("{id} is to be seen"), &format!("{VISIBLE} return true;"), &[id])
            .await
            .map(drop)
    }

    /// Waits until this part is not to be seen.
    pub async fn sees_no(&self, id: &str) -> Result<()> {
        let look = format!("return !(() => {{ {VISIBLE} return true; }})();");
        self.when(&format!("{id} is not to be seen"), &look, &[id]).await.map(drop)
    }

    /// Waits until this part is to be seen and says `words`; returns all that it says.
    pub async fn reads(&self, id: &str, words: &str) -> Result<String> {
        let look = format!(
            "{VISIBLE} return element.innerText.includes(parameters[1]) && element.innerText;"
        );
        let said = self.when(&format!("{id} says «{words}»"), &look, &[id, words]).await?;
        Ok(said.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until this part can be used, and clicks it.
    pub async fn click(&self, id: &str) -> Result<()> {
        let look = format!(
            "{VISIBLE} return !element.disabled && element.getAttribute('aria-disabled') !== 'true';"
        );
        self.when(&format!("{id} can be clicked"), &look, &[id]).await?;
        within(&format!("click {id}"), self.find(id).await?.click()).await
    }

    /// Empties a field and types into it.
    pub async fn fill(&self, id: &str, text: &str) -> Result<()> {
        self.sees(id).await?;
        let field = self.find(id).await?;
        within(&format!("empty {id}"), field.clear()).await?;
        within(&format!("type into {id}"), field.send_keys(text)).await
    }

    pub async fn value(&self, id: &str) -> Result<String> {
        Ok(self.find(id).await?.prop("value").await?.unwrap_or_default())
    }

    pub async fn attribute(&self, id: &str, name: &str) -> Result<Option<String>> {
        Ok(self.find(id).await?.attr(name).await?)
    }

    pub async fn find(&self, id: &str) -> Result<Element> {
        let steps = id.split(' ').map(|id| format!("[data-testid='{id}']")).collect::<Vec<_>>();
        let selector = steps.join(" ");
        within(&format!("find {id}"), self.client.find(Locator::Css(&selector))).await
    }

    /// Everything that can be read on the page.
    pub async fn words(&self) -> Result<String> {
        let words =
            within("read the page", self.client.execute("return document.body.innerText;", vec![]))
                .await?;
        Ok(words.as_str().unwrap_or_default().to_owned())
    }

    /// Everything the page holds: its elements with the values of its fields, and what it has stored.
    pub async fn everything(&self) -> Result<String> {
        const ALL: &str = "
            const fields = [...document.querySelectorAll('input, textarea')].map((field) => field.value);
            const stored = [localStorage, sessionStorage].flatMap((store) => Object.entries(store)).flat();
            return [document.documentElement.outerHTML, ...fields, ...stored, document.cookie].join('\\n');";
        let all = within("read the whole page", self.client.execute(ALL, vec![])).await?;
        Ok(all.as_str().context("the page is text")?.to_owned())
    }

    /// Runs a function's body in the page.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        within("run in the page", self.client.execute(script, arguments)).await
    }

    /// Waits until what the page holds now is on the screen: the frame after the next one has begun.
    pub async fn painted(&self) -> Result<()> {
        const TWO_FRAMES: &str = "
            const done = arguments[0];
            requestAnimationFrame(() => requestAnimationFrame(() => done(true)));";
        within("the page is painted", self.client.execute_async(TWO_FRAMES, vec![])).await.map(drop)
    }

    pub fn client(&self) -> &Client {
        &self.client
    }
}

/// The driver does not tell when it listens: the only way to know is to knock.
async fn listens(port: u16) -> Result<()> {
    let mut pause = Duration::from_millis(5);
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err() {
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_millis(100));
    }
    Ok(())
}
