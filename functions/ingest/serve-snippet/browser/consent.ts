import { options } from './script.ts';
import { read, write } from './storage.ts';

type Decision = 'given' | 'denied' | 'open';

declare global {
  interface Navigator {
    /** https://www.w3.org/TR/gpc/ */
    readonly globalPrivacyControl?: boolean;
  }
}

const mustAsk = options.consent === 'required' || navigator.globalPrivacyControl === true;

/** The visitor's own word stands above the browser's signal; while it is open, nothing is stored and nothing leaves. */
export const decision = (): Decision => {
  const said = read('consent');
  return said === 'given' || said === 'denied' ? said : mustAsk ? 'open' : 'given';
};
export const isAllowed = (): boolean => decision() === 'given';
export const decide = (given: boolean): void => write('consent', given ? 'given' : 'denied');
