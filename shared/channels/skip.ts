import { MissingVariable, TemplateBroken, TemplateTooCostly } from './liquid/render.ts';
import type { SkipReason } from './order.ts';

/** Leaves a preparation: the message cannot be made, and trying again would not help. */
export class Skip extends Error {
  override readonly name = 'Skip';
  readonly reason: SkipReason;
  constructor(reason: SkipReason, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.reason = reason;
  }
}

/** What a failed rendering means for the message; undefined for errors of the program. */
export const skipOf = (error: unknown): { skip: SkipReason; detail: string } | undefined => {
  if (error instanceof Skip) return { skip: error.reason, detail: error.message };
  if (error instanceof MissingVariable) return { skip: 'missing-variable', detail: error.variable };
  if (error instanceof TemplateTooCostly || error instanceof TemplateBroken)
    return { skip: 'template-failed', detail: error.message };
  return undefined;
};

/** Which variable it was, for who looks why nothing came. */
export const missingIn = ({ skip, detail }: { skip: SkipReason; detail: string }): { missing?: string } =>
  skip === 'missing-variable' ? { missing: detail.slice(0, 200) } : {};
