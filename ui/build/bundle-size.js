/**
 * Says how large the window is, and fails the build when it outgrows its budget.
 */

/** Most bytes of script and style the window may have, before the emoji data. */
export const BUNDLE_LIMIT = 300 * 1024;

/**
 * @param {Iterable<{ fileName: string, size: number }>} files
 * @returns {{ code: number, data: number }} Bytes of script, style and markup; bytes of emoji data.
 */
export function bundleSize(files) {
  let code = 0;
  let data = 0;
  for (const { fileName, size } of files) {
    if (fileName.endsWith('.json')) data += size;
    else code += size;
  }
  return { code, data };
}

/** @returns {import('vite').Plugin} */
export function bundleSizeReport() {
  return {
    name: 'bundle-size',
    // The mock build carries its made-up workspace and does not ship.
    apply: (_config, { command, mode }) => command === 'build' && mode === 'production',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const { code, data } = bundleSize(
          Object.values(bundle).map((file) => ({
            fileName: file.fileName,
            size: Buffer.byteLength(file.type === 'chunk' ? file.code : file.source),
          })),
        );
        const kb = (/** @type {number} */ bytes) => `${(bytes / 1024).toFixed(0)} KB`;
        this.info(`window ${kb(code)} of ${kb(BUNDLE_LIMIT)}, emoji data ${kb(data)}`);
        if (code > BUNDLE_LIMIT)
          this.error(`the window is ${kb(code)}, over its budget of ${kb(BUNDLE_LIMIT)}`);
      },
    },
  };
}
