import type { Services } from '#infra/local/wire/model';

/** Called before (and able to stand for) each call of a service; throws to let the caller fall there. */
export interface Sabotage {
  before?: ((service: string, operation: string, input: unknown) => void | Promise<void>) | undefined;
  after?: ((service: string, operation: string, input: unknown) => void | Promise<void>) | undefined;
}

export const sabotaged = (services: Services, sabotage: Sabotage): Services =>
  Object.fromEntries(
    Object.entries(services).map(([name, execute]) => [
      name,
      async (operation: string, input: unknown, options: undefined) => {
        await sabotage.before?.(name, operation, input);
        const output = await execute(operation, input, options);
        await sabotage.after?.(name, operation, input);
        return output;
      },
    ]),
  ) as unknown as Services;
