/** A tag manager may run it when it is nobody's turn. */
const found = (document.currentScript ??
  document.querySelector('script[src*="/v1/wayleaf.js"]')) as HTMLScriptElement | null;

/** `data-consent`, `data-page` and others of the script's tag. */
export const options: DOMStringMap = found?.dataset ?? {};
/** The write key: `data-key`, or in the address as for every route. */
export const key: string | undefined = options.key ?? /[?&]writeKey=([\w-]+)/.exec(found?.src ?? '')?.[1];
/** Where the script came from is where everything goes. */
export const base: string = found?.src.replace(/\/v1\/wayleaf\.js.*$/, '') ?? '';
