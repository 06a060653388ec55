/**
 * Key presses as Tauri's accelerators, and accelerators as people read them.
 */

/** Keys whose `code` has another name in an accelerator. @type {Record<string, string>} */
const NAMES = {
  Space: 'Space',
  Enter: 'Enter',
  Tab: 'Tab',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  Insert: 'Insert',
  Delete: 'Delete',
  Minus: '-',
  Equal: '=',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Backslash: '\\',
  Semicolon: ';',
  Quote: "'",
  BracketLeft: '[',
  BracketRight: ']',
  Backquote: '`',
};

/** @param {string} code */
function keyName(code) {
  const plain = /^(?:Key([A-Z])|Digit(\d)|(F(?:[1-9]|1\d|2[0-4])))$/.exec(code);
  return plain ? (plain[1] ?? plain[2] ?? plain[3]) : NAMES[code];
}

/**
 * @param {Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>} event
 * @returns {string | null} `null` while only modifiers are held, or when the key alone would be taken from
 * every program.
 */
export function acceleratorOf(event) {
  const key = keyName(event.code);
  if (key === undefined) return null;
  const parts = [];
  if (event.ctrlKey) parts.push('Ctrl');
  if (event.metaKey) parts.push('Super');
  if (event.altKey) parts.push('Alt');
  if (event.shiftKey) parts.push('Shift');
  const strong = event.ctrlKey || event.metaKey || event.altKey;
  if (!strong && !/^F\d+$/.test(key)) return null;
  return [...parts, key].join('+');
}

/**
 * @param {string} accelerator
 * @param {boolean} mac
 * @returns {string[]} The keys, one by one.
 */
export function acceleratorKeys(accelerator, mac) {
  /** @type {Record<string, string>} */
  const words = mac
    ? {
        CmdOrCtrl: '⌘',
        CommandOrControl: '⌘',
        Cmd: '⌘',
        Super: '⌘',
        Ctrl: '⌃',
        Control: '⌃',
        Alt: '⌥',
        Option: '⌥',
        Shift: '⇧',
      }
    : {
        CmdOrCtrl: 'Ctrl',
        CommandOrControl: 'Ctrl',
        Control: 'Ctrl',
        Up: '↑',
        Down: '↓',
        Left: '←',
        Right: '→',
      };
  return accelerator.split('+').map((part) => words[part] ?? part);
}
