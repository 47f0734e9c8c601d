/** As much of the API's description as says what a report offers. */
export interface Description {
  paths: Record<
    string,
    { get?: { parameters?: { name: string; schema: { enum?: string[] } }[] | undefined } | undefined }
  >;
}

export interface Offered {
  path: string;
  tables: string[];
  plots: string[];
}

/** Of each answer that has tables, those and its plots. */
export const offeredIn = ({ paths }: Description, journey: string): Offered[] =>
  Object.entries(paths).flatMap(([path, { get: asked }]) => {
    const choices = (name: string): string[] =>
      asked?.parameters?.find((parameter) => parameter.name === name)?.schema.enum ?? [];
    const tables = choices('table');
    return tables.length === 0
      ? []
      : [{ path: path.replace('{id}', journey), tables, plots: choices('plot') }];
  });
