//! Import circles: files of one program that need each other cannot be read, tested or moved one by one.
//!
//! A reader of `use` trees and paths, not a compiler: it knows modules that are files, re-exports and globs. What
//! `#[cfg(test)]` modules import does not count, nor does what a file re-exports from its own children.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::cmd::{command, read, root};

type Graph = BTreeMap<PathBuf, BTreeSet<PathBuf>>;

/// Fails when files of a program, or of the window, import each other.
pub(crate) fn check(metadata: &Value) -> Result<()> {
    let members =
        metadata["workspace_members"].as_array().context("cargo metadata has no members")?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let targets = packages
        .filter(|package| members.contains(&package["id"]))
        .flat_map(|package| package["targets"].as_array().into_iter().flatten());
    let mut circles = BTreeSet::new();
    for target in targets {
        let file = target["src_path"].as_str().context("a target has no source")?;
        circles.extend(in_graph(&Crate::read(Path::new(file))?.graph()));
    }
    circles.extend(in_graph(&window()?));
    if !circles.is_empty() {
        let circles = circles.into_iter().collect::<Vec<_>>().join("\n   ");
        bail!("files that import each other:\n   {circles}");
    }
    Ok(())
}

/// One shortest way round for every group of files that need each other.
fn in_graph(graph: &Graph) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut circles = Vec::new();
    for start in graph.keys() {
        if seen.contains(start) {
            continue;
        }
        let mut from = BTreeMap::new();
        let mut queue = std::collections::VecDeque::from([start]);
        while let Some(file) = queue.pop_front() {
            for next in graph.get(file).into_iter().flatten() {
                if !from.contains_key(next) {
                    from.insert(next, file);
                    queue.push_back(next);
                }
            }
        }
        if !from.contains_key(start) {
            continue;
        }
        let mut way = vec![start];
        let mut file = from[start];
        while file != start {
            way.push(file);
            file = from[file];
        }
        way.push(start);
        seen.extend(way.iter().copied());
        let names = way
            .iter()
            .rev()
            .map(|file| file.strip_prefix(root()).unwrap_or(file).display().to_string());
        circles.push(names.collect::<Vec<_>>().join(" → "));
    }
    circles
}

#[derive(Default)]
struct Crate {
    modules: BTreeMap<Vec<String>, Module>,
}

#[derive(Default)]
struct Module {
    file: PathBuf,
    children: BTreeSet<String>,
    imports: Vec<Import>,
    /// Paths in the code, outside of `use`.
    mentions: Vec<Vec<String>>,
    /// Names of items it defines.
    items: BTreeSet<String>,
}

struct Import {
    public: bool,
    path: Vec<String>,
    name: String,
}

impl Crate {
    fn read(file: &Path) -> Result<Self> {
        let mut whole = Self::default();
        let beside = file.parent().unwrap_or(Path::new("")).to_owned();
        whole.add(Vec::new(), file.to_owned(), &beside)?;
        Ok(whole)
    }

    /// Reads the module in `file`, and those below it, whose files are in `folder`.
    fn add(&mut self, path: Vec<String>, file: PathBuf, folder: &Path) -> Result<()> {
        let source = fs::read_to_string(&file)
            .with_context(|| format!("{} cannot be read", file.display()))?;
        let module = Module { file, ..parse(&source) };
        for child in &module.children {
            let beside = folder.join(child).with_extension("rs");
            let inside = folder.join(child).join("mod.rs");
            if let Some(file) = [beside, inside].into_iter().find(|file| file.exists()) {
                self.add([path.clone(), vec![child.clone()]].concat(), file, &folder.join(child))?;
            }
        }
        self.modules.insert(path, module);
        Ok(())
    }

    fn graph(&self) -> Graph {
        let mut graph = Graph::new();
        for (path, module) in &self.modules {
            let imports = module.imports.iter().map(|import| (&import.path, import.public));
            let mentions = module.mentions.iter().map(|mention| (mention, false));
            for (name, public) in imports.chain(mentions) {
                let Some(target) = self.resolve(path, name, 9) else { continue };
                if public && target.starts_with(path) {
                    continue;
                }
                let file = &self.modules[&target].file;
                if *file != module.file {
                    graph.entry(module.file.clone()).or_default().insert(file.clone());
                }
            }
        }
        graph
    }

    /// The module that defines what `path` names in module `at`; `None` if it is another crate's.
    fn resolve(&self, at: &[String], path: &[String], patience: u32) -> Option<Vec<String>> {
        let patience = patience.checked_sub(1)?;
        let mut module = at.to_vec();
        let mut rest = path.iter();
        match path.first()?.as_str() {
            "crate" => module.clear(),
            "super" => drop(module.pop()),
            "self" => {}
            _ => rest = [].iter(),
        }
        if rest.len() > 0 {
            rest.next();
        } else if self.modules.get(at)?.children.contains(&path[0]) {
            rest = path.iter();
        } else {
            return None;
        }
        while let Some(name) = rest.next() {
            let here = self.modules.get(&module)?;
            if name == "super" {
                module.pop();
            } else if here.children.contains(name) {
                module.push(name.clone());
            } else if let Some(import) = here.imports.iter().find(|import| import.name == *name) {
                let further = [import.path.as_slice(), rest.as_slice()].concat();
                return self.resolve(&module, &further, patience);
            } else if here.items.contains(name) || name == "*" {
                break;
            } else {
                let globs = here.imports.iter().filter(|import| import.name == "*");
                let sources = globs.filter_map(|glob| {
                    let path = &glob.path[..glob.path.len() - 1];
                    self.resolve(&module, path, patience)
                });
                let mut defining =
                    sources.filter(|source| self.modules[source].items.contains(name));
                return Some(defining.next().unwrap_or(module));
            }
        }
        self.modules.contains_key(&module).then_some(module)
    }
}

fn parse(source: &str) -> Module {
    let tokens = tokens(source);
    let mut module = Module::default();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let next = tokens.get(at + 1).map(String::as_str).unwrap_or_default();
        let before = at.checked_sub(1).map_or("", |before| tokens[before].as_str());
        match token.as_str() {
            "#" if is_for_tests(&tokens[at..]) => at = end_of_item(&tokens, at),
            "mod" if tokens.get(at + 2).is_some_and(|token| token == ";") => {
                module.children.insert(next.to_owned());
                at += 2;
            }
            "use" => {
                let public = before == "pub" || before == ")";
                at += 1;
                tree(&tokens, &mut at, &mut Vec::new(), public, &mut module.imports);
            }
            "struct" | "enum" | "trait" | "type" | "fn" | "const" | "static" | "union" => {
                module.items.insert(next.to_owned());
            }
            _ if next == "::" && before != "::" && before != "in" => {
                let mut path = vec![token.clone()];
                while tokens.get(at + 1).is_some_and(|token| token == "::") {
                    at += 2;
                    path.extend(tokens.get(at).cloned());
                }
                module.mentions.push(path);
            }
            _ => {}
        }
        at += 1;
    }
    module
}

fn is_for_tests(tokens: &[String]) -> bool {
    let words = tokens.iter().take(7).map(String::as_str).collect::<Vec<_>>();
    words.starts_with(&["#", "[", "cfg", "(", "test"])
        || words.starts_with(&["#", "[", "cfg", "(", "all", "(", "test"])
}

/// Where the item ends whose attribute is at `at`: at its semicolon, or at the brace that closes it.
fn end_of_item(tokens: &[String], mut at: usize) -> usize {
    let mut depth = 0_u32;
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => {
                depth = depth.saturating_sub(1);
                if depth == 0 && token == "}" {
                    break;
                }
            }
            ";" if depth == 0 => break,
            _ => {}
        }
        at += 1;
    }
    at
}

/// One level of a `use` tree; ends on the token after it.
fn tree(
    tokens: &[String],
    at: &mut usize,
    path: &mut Vec<String>,
    public: bool,
    imports: &mut Vec<Import>,
) {
    let depth = path.len();
    while let Some(token) = tokens.get(*at) {
        match token.as_str() {
            "::" => {}
            "{" => loop {
                *at += 1;
                tree(tokens, at, path, public, imports);
                if tokens.get(*at).is_none_or(|token| token != ",") {
                    path.truncate(depth);
                    *at += 1;
                    return;
                }
            },
            "," | "}" | ";" => break,
            "as" => {
                *at += 1;
                let name = tokens.get(*at).cloned().unwrap_or_default();
                imports.push(Import { public, path: path.clone(), name });
                path.truncate(depth);
                *at += 1;
                return;
            }
            name => path.push(name.to_owned()),
        }
        *at += 1;
    }
    if path.len() > depth {
        if path.last().is_some_and(|name| name == "self") {
            path.pop();
        }
        let name = path.last().cloned().unwrap_or_default();
        imports.push(Import { public, path: path.clone(), name });
    }
    path.truncate(depth);
}

/// Words and signs, without comments, text and characters.
fn tokens(source: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(raw) =
            rest.strip_prefix('r').filter(|raw| raw.trim_start_matches('#').starts_with('"'))
        {
            let hashes = raw.len() - raw.trim_start_matches('#').len();
            let close = format!("\"{}", "#".repeat(hashes));
            raw[hashes + 1..].find(&close).map_or(1, |end| 2 + hashes + end + close.len())
        } else if first == '"' {
            quoted(rest)
        } else if first == '\'' {
            character(rest)
        } else if first.is_alphanumeric() || first == '_' {
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let end = end.unwrap_or(rest.len());
            tokens.push(rest[..end].to_owned());
            end
        } else if rest.starts_with("::") {
            tokens.push("::".to_owned());
            2
        } else {
            if !first.is_whitespace() {
                tokens.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// The length of the text in quotes that `rest` begins with.
fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    let end = rest[1..].find(|letter| {
        let ends = letter == '"' && !escaped;
        escaped = letter == '\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |end| end + 2)
}

/// The length of the character that `rest` begins with, or of the tick of a lifetime.
fn character(rest: &str) -> usize {
    let mut letters = rest.char_indices().skip(1);
    match (letters.next(), letters.next()) {
        (Some((_, '\\')), Some((at, escaped))) => {
            let after = at + escaped.len_utf8();
            rest[after..].find('\'').map_or(1, |end| after + end + 1)
        }
        (Some(_), Some((end, '\''))) => end + 1,
        _ => 1,
    }
}

/// The window's scripts: what each imports from its own folder.
fn window() -> Result<Graph> {
    let files = read(&mut command("git", ["ls-files", "ui/src/*.js"]))?;
    let mut graph = Graph::new();
    for file in files.lines().map(|file| root().join(file)).filter(|file| file.exists()) {
        graph.insert(file.clone(), scripts(&file, &fs::read_to_string(&file)?));
    }
    Ok(graph)
}

/// The files that `import … from './x.js'` and `export … from` name.
fn scripts(file: &Path, source: &str) -> BTreeSet<PathBuf> {
    let mut imported = BTreeSet::new();
    let mut in_import = false;
    for line in source.lines() {
        in_import |= line.starts_with("import ") || line.starts_with("export {");
        if !in_import {
            continue;
        }
        if let Some(from) = line.split('\'').nth(1).filter(|from| from.starts_with('.')) {
            let mut path = file.parent().unwrap_or(Path::new("")).to_owned();
            for part in from.split('/') {
                match part {
                    "." => {}
                    ".." => drop(path.pop()),
                    name => path.push(name),
                }
            }
            imported.insert(path);
        }
        in_import = !line.contains(';') && !line.starts_with('}');
    }
    imported
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in a program made of these files.
    fn circles(files: &[(&str, &str)]) -> Vec<String> {
        let folder = std::env::temp_dir().join(format!("circles-{}", std::process::id()));
        let folder = folder.join(std::thread::current().name().unwrap_or("test").replace(':', "-"));
        for (name, source) in files {
            let file = folder.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, source).unwrap();
        }
        let found = in_graph(&Crate::read(&folder.join("lib.rs")).unwrap().graph());
        fs::remove_dir_all(&folder).unwrap();
        found.iter().map(|circle| circle.replace(&format!("{}/", folder.display()), "")).collect()
    }

    #[test]
    fn files_that_import_each_other_are_named() {
        let files = [
            ("lib.rs", "mod a;\nmod b;"),
            ("a.rs", "use crate::b::{self, B};\npub struct A(B);"),
            ("b.rs", "pub struct B(Vec<super::a::A>);"),
        ];
        assert_eq!(circles(&files), ["a.rs → b.rs → a.rs"]);
    }

    #[test]
    fn a_circle_through_a_re_export_is_found() {
        let files = [
            ("lib.rs", "mod a;\nmod b;\npub use a::*;\npub use b::B;"),
            ("a.rs", "use crate::B;\npub struct A(B);"),
            ("b.rs", "use crate::A;\npub struct B(Vec<A>);"),
        ];
        assert_eq!(circles(&files), ["a.rs → b.rs → a.rs"]);
    }

    #[test]
    fn a_child_and_its_parent_may_be_a_circle() {
        let parent = "mod child;\nuse child::Child;\npub struct Parent(Child);";
        let child = ("parent/child.rs", "use super::Parent;\npub struct Child(Vec<Parent>);");
        let files = [("lib.rs", "mod parent;"), ("parent.rs", parent), child];
        assert_eq!(circles(&files), ["parent/child.rs → parent.rs → parent/child.rs"]);
    }

    #[test]
    fn declarations_re_exports_tests_and_text_do_not_count() {
        let tests = "#[cfg(test)]\nmod tests { use crate::a::A; }\npub struct B;";
        let text = "use crate::b::B;\n/// crate::text::Text\npub struct A(B, &'static str);\nconst C: &str = \"crate::a\";";
        let files = [
            ("lib.rs", "mod a;\nmod b;\npub use a::A;\nuse b::B;"),
            ("a.rs", text),
            ("b.rs", tests),
        ];
        assert_eq!(circles(&files), [""; 0]);
    }

    #[test]
    fn imports_of_the_window_are_read() {
        let source = "import {\n  a,\n} from '../parts/a.js';\nexport { b } from './b.js';\n// import './c.js';";
        let found = scripts(Path::new("src/pages/page.js"), source);
        let expected = ["src/pages/b.js", "src/parts/a.js"].map(PathBuf::from);
        assert_eq!(found, BTreeSet::from(expected));
    }
}
