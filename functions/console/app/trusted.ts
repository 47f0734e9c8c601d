/** The one name that the policy allows (`trusted-types wayleaf`), and it only lets our own files run. */
interface Rules {
  createScriptURL(url: string): string;
}

const onlyOurs = (url: string): string => {
  const { origin, pathname } = new URL(url, location.href);
  if (origin !== location.origin || !pathname.startsWith('/assets/'))
    throw new TypeError(`${url} is no file of ours`);
  return url;
};

const { trustedTypes } = globalThis as { trustedTypes?: { createPolicy(name: string, rules: Rules): Rules } };
const policy = trustedTypes?.createPolicy('wayleaf', { createScriptURL: onlyOurs });

export const startWorker = (url: string): Worker =>
  new Worker(policy ? policy.createScriptURL(url) : onlyOurs(url), { type: 'module' });
