/** Addresses of the emoji data, made by `build/emoji-data.js`. */
declare module 'virtual:emoji-data/ru' {
  const address: string;
  export default address;
}

declare module 'virtual:emoji-data/en' {
  const address: string;
  export default address;
}
