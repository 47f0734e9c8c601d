/** One finding of `ValidateStateMachineDefinition`. */
export interface Diagnostic {
  severity: 'ERROR';
  code: string;
  message: string;
  location?: string;
}

export type Report = (code: string, message: string, location: string) => void;

export const schemaError = 'SCHEMA_VALIDATION_FAILED';
export const missingTarget = 'MISSING_TRANSITION_TARGET';

/** The findings as AWS joins them into the text of `InvalidDefinition`. */
export const explainDiagnostics = (diagnostics: readonly Diagnostic[]): string => {
  const text = diagnostics
    .slice(0, 10)
    .map((d) => `${d.code}: ${d.message}${d.location === undefined ? '' : ` at ${d.location}`}`)
    .join(', ');
  return `Invalid State Machine Definition: '${text}'`;
};
