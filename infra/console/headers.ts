/**
 * What browsers are told with the console's files, in both worlds. The console asks nothing but its own
 * origin, runs nothing but its own files, and stands in no foreign frame.
 */
const join = (directives: Readonly<Record<string, string>>): string =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`.trim())
    .join('; ');

const pagePolicy = join({
  'default-src': "'none'",
  'script-src': "'self'",
  'worker-src': "'self'",
  'style-src': "'self'",
  'font-src': "'self'",
  'img-src': "'self' data: blob:",
  'connect-src': "'self'",
  'frame-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'wayleaf',
});

/** A mail has styles and pictures of its own and no script; `sandbox` holds also when it is opened by itself. */
const framePolicy = join({
  'default-src': "'none'",
  'style-src': "'unsafe-inline'",
  'img-src': 'https: data:',
  'font-src': 'https: data:',
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'self'",
  sandbox: 'allow-same-origin',
});

/** The document that shows what was written by others, in a sandboxed frame. */
const framePath = '/frame.html';

export const policyOf = (path: string): string => (path === framePath ? framePolicy : pagePolicy);

export const commonHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** Files in `assets/` carry their hash in their name and never change; the rest is asked for anew. */
export const cacheControlOf = (path: string): string =>
  path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
