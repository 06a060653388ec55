// The workflow parser imports its schema as bundlers allow it; Node wants to be told that it is JSON.

/** @type {import("node:module").LoadHook} */
export async function load(url, context, next) {
  return next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context);
}
