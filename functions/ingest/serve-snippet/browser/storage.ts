const memory: Record<string, string | undefined> = {};
const keyOf = (name: string): string => `wayleaf.${name}`;

/** What a browser refuses to store is remembered as long as the page. */
export const read = (name: string): string | undefined => {
  try {
    return memory[name] ?? localStorage.getItem(keyOf(name)) ?? undefined;
  } catch {
    return undefined;
  }
};

export const write = (name: string, value: string): void => {
  try {
    localStorage.setItem(keyOf(name), value);
    delete memory[name];
  } catch {
    memory[name] = value;
  }
};

export const remove = (name: string): void => {
  delete memory[name];
  try {
    localStorage.removeItem(keyOf(name));
  } catch {
    // Nothing was stored.
  }
};

export const readJson = <T>(name: string, otherwise: T): T => {
  try {
    return JSON.parse(read(name) ?? '') as T;
  } catch {
    return otherwise;
  }
};
