/** The text with another condition in it; what cannot be read is written anew. */
export const putExample = (json: string, condition: unknown, name: string): string => {
  const before = read(json);
  return `${JSON.stringify({ ...before, name: before.name || name, if: condition }, null, 2)}\n`;
};

const read = (json: string): { name?: unknown } => {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
};
