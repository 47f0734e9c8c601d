import type { Machinery } from './machinery.ts';

/** The stream in the test's hands: what is in it, and bringing it to `hear-event`. */
export const openStream = ({ dynamo, settings, stepFunctions, invoke }: Machinery) => {
  let read = '';
  const undelivered = (): unknown[] => {
    const records = dynamo.readStream(settings.mainTable, read, 1_000);
    read = records.at(-1)?.dynamodb?.SequenceNumber ?? read;
    return wire(
      records.filter(
        (record) => record.eventName === 'INSERT' && record.dynamodb?.Keys?.sk?.S?.startsWith('E#'),
      ),
    );
  };
  const hear = (records: readonly unknown[]) => invoke('hear-event', { Records: records });
  return {
    undelivered,
    hear,
    /** Brings what is in the stream, and lets the machines run until nothing can happen. */
    async settle(): Promise<void> {
      await stepFunctions.idle();
      for (let records = undelivered(); records.length > 0; records = undelivered()) {
        await hear(records);
        await stepFunctions.idle();
      }
    },
  };
};

/** As Lambda hands it over: JSON, bytes in base64. */
const wire = (records: readonly unknown[]): unknown[] =>
  JSON.parse(
    JSON.stringify(records, (_, value) =>
      value?.type === 'Buffer' || value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ),
  );
