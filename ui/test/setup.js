/**
 * A DOM and the bundler's ways of importing, for tests without a browser. No test reaches the network.
 */
import { register } from 'node:module';

import { Window } from 'happy-dom';

register('./loader.js', import.meta.url);

const window = new Window({
  url: 'http://localhost/',
  width: 1024,
  height: 768,
  settings: {
    disableJavaScriptFileLoading: true,
    disableCSSFileLoading: true,
    fetch: { disableSameOriginPolicy: false },
  },
});
const NAMES = [
  'document',
  'HTMLElement',
  'HTMLInputElement',
  'HTMLButtonElement',
  'HTMLDialogElement',
  'Element',
  'Node',
  'Event',
  'KeyboardEvent',
  'MouseEvent',
  'CustomEvent',
  'getComputedStyle',
  'requestAnimationFrame',
  'cancelAnimationFrame',
  'customElements',
  'CSSStyleSheet',
  'ShadowRoot',
];
for (const name of NAMES)
  Object.defineProperty(globalThis, name, {
    value: /** @type {any} */ (window)[name],
    configurable: true,
    writable: true,
  });
Object.defineProperty(globalThis, 'window', { value: window, configurable: true });
Object.defineProperty(globalThis, 'navigator', { value: window.navigator, configurable: true });
// A test that would ask the network fails instead.
Object.defineProperty(globalThis, 'fetch', {
  value: () => Promise.reject(new Error('no network in tests')),
  configurable: true,
});
window.HTMLElement.prototype.scrollIntoView = () => undefined;
