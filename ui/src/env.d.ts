/** Addresses of the emoji data, made by `build/emoji-data.js`. */
declare module 'virtual:emoji-data/*' {
  const address: string;
  export default address;
}
