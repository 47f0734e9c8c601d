import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { Construct } from 'constructs';
import * as z from 'zod';
import { eventsFolder, firstDay, happeningSchema, happeningVersion } from '#model/happening';

const types: Readonly<Record<string, string>> = { string: 'string', integer: 'int', number: 'double' };

/** Columns are the members of the schema, so that a new one is in the table with the next deployment. */
export const columnsOf = (schema: z.ZodType): { name: string; type: string; comment?: string }[] => {
  const { properties = {} } = z.toJSONSchema(schema) as {
    properties?: Record<string, { type?: string; const?: unknown; description?: string }>;
  };
  return Object.entries(properties).map(([name, { type = 'string', const: always, description }]) => ({
    // Athena writes names in lower case, and reads the members of JSON in any.
    name: name.toLowerCase(),
    type: types[Number.isInteger(always) ? 'integer' : type] ?? 'string',
    ...(description && { comment: description.replace(/[^\x20-\x7e]/g, "'").slice(0, 255) }),
  }));
};

/** Glue's names have no dash. */
export const databaseOf = (client: string): string => `wayleaf_${client.replaceAll('-', '_')}`;

/** What Athena takes the files for. Folders are computed from the query's days: no crawler, no partition to add. */
export const createEventsTable = (
  scope: Construct,
  { bucket, account, database: name }: { bucket: string; account: string; database: string },
): void => {
  const database = new CfnDatabase(scope, 'Database', {
    catalogId: account,
    databaseInput: { name, description: 'What happened, as wayleaf tells it' },
  });
  const location = `s3://${bucket}/${eventsFolder}/`;
  const table = new CfnTable(scope, 'Happenings', {
    catalogId: account,
    databaseName: name,
    tableInput: {
      name: 'happenings',
      description: `One line a row, version ${happeningVersion}: functions/reports/schema/happening.schema.json`,
      tableType: 'EXTERNAL_TABLE',
      partitionKeys: [{ name: 'day', type: 'string' }],
      parameters: {
        ...{ EXTERNAL: 'TRUE', classification: 'json', compressionType: 'gzip' },
        'projection.enabled': 'true',
        'projection.day.type': 'date',
        'projection.day.format': 'yyyy-MM-dd',
        // Clocks of senders may be ahead by some minutes.
        'projection.day.range': `${firstDay},NOW+1DAYS`,
        'storage.location.template': `${location}day=\${day}/`,
      },
      storageDescriptor: {
        columns: columnsOf(happeningSchema),
        location,
        compressed: true,
        inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
        serdeInfo: { serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
      },
    },
  });
  table.addResourceDependency(database);
};
