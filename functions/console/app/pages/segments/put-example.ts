/** The text with another condition in it; what cannot be read is written anew. */
export const putExample = (json: string, condition: unknown, name: string): string => {
  const before = read(json);
  return `${JSON.stringify({ name, ...before, if: condition }, null, 2)}\n`;
};

const read = (json: string): object => {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
};
