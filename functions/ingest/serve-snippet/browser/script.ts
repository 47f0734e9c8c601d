const found = (document.currentScript ??
  document.querySelector('script[data-key][src*="/v1/wayleaf.js"]')) as HTMLScriptElement | null;

/** `data-key`, `data-consent`, `data-page` of the script's tag. */
export const options: DOMStringMap = found?.dataset ?? {};
/** Where the script came from is where everything goes. */
export const base: string = found?.src.replace(/\/v1\/wayleaf\.js.*$/, '') ?? '';
