import { shownAt } from './calls.ts';
import { isAllowed } from './consent.ts';
import { base } from './script.ts';
import { anonymousId, lastTouch } from './visitor.ts';

/** Not `form.action`, which a field of that name would hide. A link reads any address, and never throws. */
const isOurs = (form: HTMLFormElement): boolean => {
  const link = document.createElement('a');
  link.href = form.getAttribute('action') ?? '';
  return link.href.startsWith(`${base}/v1/forms/`);
};

/** When it was shown is about the form; where its reader came from is the reader's to give. */
const marks = (): Record<string, string> => ({
  _shownAt: String(shownAt),
  ...(isAllowed()
    ? { _anonymousId: anonymousId(), _page: location.href.split('#', 1)[0]!, ...lastTouch() }
    : {}),
});

const mark = (data: FormData): void => {
  for (const [name, value] of Object.entries(marks())) if (!data.has(name)) data.set(name, value);
};

/** Passwords and cards stay here; so does what the page marks, and files. */
const secrets = 'input[type=password],input[type=file],[autocomplete^=cc-],[data-wayleaf=ignore]';

const copyOf = (form: HTMLFormElement): URLSearchParams => {
  const data = new FormData(form);
  for (const field of form.querySelectorAll<HTMLInputElement>(secrets)) data.delete(field.name);
  mark(data);
  return new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
};

/**
 * A form that posts elsewhere and says `data-wayleaf="demo-request"` posts a copy as that form, while the
 * visitor may be followed: a post to us is their own act, a copy is not.
 */
const capture = (form: HTMLFormElement): void => {
  const id = form.dataset.wayleaf;
  if (!id || isOurs(form) || !isAllowed()) return;
  const address = `${base}/v1/forms/${encodeURIComponent(id)}`;
  const copy = copyOf(form);
  if (!navigator.sendBeacon(address, copy))
    fetch(address, { method: 'POST', body: copy, keepalive: true }).catch(() => {});
};

export const startForms = (): void => {
  // Fired for a post of the browser's own, and for one that a page makes with `new FormData(form)`.
  document.addEventListener('formdata', (event) => {
    if (isOurs(event.target as HTMLFormElement)) mark(event.formData);
  });
  document.addEventListener('submit', (event) => capture(event.target as HTMLFormElement));
};
