const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => entities[c] ?? c);

const style =
  'body{font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:12vh auto;padding:0 1.5rem;color:#222}h1{font-size:1.6rem}li{margin:.4rem 0}label,.error{display:block}label:has(input){display:inline}input:not([type=checkbox]),select{font:inherit;width:100%;padding:.5rem;box-sizing:border-box;border:1px solid #888;border-radius:6px}[aria-invalid]{border-color:#b91c1c!important}.error{color:#b91c1c;font-size:.95rem}button{font:inherit;font-weight:600;padding:.7em 1.4em;border:0;border-radius:8px;background:#1f2937;color:#fff;cursor:pointer}blockquote{margin:1rem 0;padding:.2rem 1rem;border-left:4px solid #d1d5db;color:#374151}';

const rightToLeft = /^(?:ar|dv|fa|he|ku|ps|sd|ug|ur|yi)(?:-|$)/i;

const direction = (language: string): string => (rightToLeft.test(language) ? ' dir="rtl"' : '');

/**
 * A plain page that reads well anywhere.
 * @param body markup, already escaped
 * @param language of the page, such as `de`
 * @param more style, on top of what every page has
 */
export const page = (title: string, body: string, language = 'en', more = ''): string =>
  `<!doctype html><html lang="${escapeHtml(language)}"${direction(language)}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${style}${more}</style></head><body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
