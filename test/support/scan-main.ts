import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/** All that the main table of acme holds, asked of a world over the wire. */
export const scanMain = async (endpoint: string): Promise<Record<string, unknown>[]> => {
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const client = new DynamoDBClient({ endpoint, region: 'eu-central-1', credentials });
  const items: Record<string, unknown>[] = [];
  for await (const page of paginateScan({ client }, { TableName: 'wayleaf-acme-main', ConsistentRead: true }))
    items.push(...(page.Items ?? []).map((item) => unmarshall(item)));
  return items;
};
