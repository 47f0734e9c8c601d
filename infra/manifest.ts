import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { FunctionRecord } from '#aws/function-record';

/** One function: what it is, and how its code is loaded when it is first called. */
export interface FunctionEntry {
  record: FunctionRecord;
  load: () => Promise<{ createHandler: (context: FunctionContext) => LambdaHandler }>;
}

/** Every function of the system, one line each; both worlds are made from it. */
export const manifest: readonly FunctionEntry[] = [];
