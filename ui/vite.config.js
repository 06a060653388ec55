import { defineConfig } from 'vite';

import { bundleSizeReport } from './build/bundle-size.js';
import { emojiData } from './build/emoji-data.js';
import { pickerCsp } from './build/picker-csp.js';
import { windowWordsOnly } from './build/window-words.js';
import { CONTENT_SECURITY_POLICY } from './build/policy.js';

export default defineConfig({
  // Relative addresses: the same files work under `tauri://localhost` and `http://tauri.localhost`.
  base: './',
  plugins: [windowWordsOnly(), emojiData(), pickerCsp(), bundleSizeReport()],
  build: {
    // The oldest web views Tauri 2 meets: WebKitGTK 2.40, Safari 16 (macOS 13), evergreen WebView2.
    target: ['es2022', 'safari16'],
    // Nothing may become a data: address; the policy has no room for it in scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    reportCompressedSize: false,
  },
  server: { host: '127.0.0.1', port: 5273, strictPort: true, fs: { allow: ['..'] } },
  // A preview of the mock build runs under the very policy of the app.
  preview: {
    host: '127.0.0.1',
    port: 5274,
    strictPort: true,
    headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY },
  },
});
