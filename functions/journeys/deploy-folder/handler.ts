import * as z from 'zod';
import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import { describeError } from '#http/problem';
import { copyLinkKeys } from '#store/catalogue/copy-keys';
import { openServices, type Services } from '../services.ts';
import { type Deployed, deploy, FolderRefused } from './deploy.ts';
import { type Folder, folderSchema, layerFolder, readFolder } from './folder.ts';
import { keepDeployment } from './keep-deployment.ts';

const machineSchema = z.object({ stateMachineArn: z.string(), versionArn: z.string() });

/** What CloudFormation sends to the function behind a custom resource. On one machine the folder comes along. */
const eventSchema = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.url().optional(),
  StackId: z.string().optional(),
  RequestId: z.string().optional(),
  LogicalResourceId: z.string().optional(),
  PhysicalResourceId: z.string().optional(),
  ResourceProperties: z.object({
    /** A digest on AWS, where the folder lies in a layer. */
    folder: z.union([z.string(), folderSchema]),
    machines: z.record(z.string(), machineSchema).default({}),
  }),
});
type Deployment = z.output<typeof eventSchema>;

export const createHandler = (context: FunctionContext): LambdaHandler => {
  const services = openServices(context);
  return async (event) => answer(services, eventSchema.parse(event));
};

const nothing: Deployed = { journeys: {}, left: [], changed: [] };

/** The catalogue outlives the stack that filled it: runs may still need it. */
const perform = async (
  services: Services,
  { RequestType, ResourceProperties: { folder, machines } }: Deployment,
): Promise<Deployed> => {
  if (RequestType === 'Delete') return nothing;
  const deployed = await keepDeployment(services.store, () =>
    deploy(services, typeof folder === 'string' ? readLayer() : folder, machines),
  );
  await copyKeys(services);
  return deployed;
};

/** No deployment fails by it: the sweep tries again. */
const copyKeys = async ({ store, context }: Services): Promise<void> => {
  try {
    await copyLinkKeys(store, context, true);
  } catch (error) {
    context.log.error('link-keys-not-copied', describeError(error));
  }
};

const readLayer = (): Folder => readFolder(layerFolder);

const answer = async (services: Services, deployment: Deployment): Promise<Deployed> => {
  if (deployment.ResponseURL === undefined) return perform(services, deployment);
  try {
    const deployed = await perform(services, deployment);
    await tellCloudFormation(deployment, { Status: 'SUCCESS', Data: { left: leftAlone(deployed) } });
    return deployed;
  } catch (error) {
    services.context.log.error('deployment-failed', describeError(error));
    const reason =
      error instanceof FolderRefused
        ? error.message
        : `${(error as Error).name}; see the log of deploy-folder`;
    await tellCloudFormation(deployment, { Status: 'FAILED', Reason: reason.slice(0, 3_000) });
    return nothing;
  }
};

/** Shown by the deployment, whose answers may have 4 KB in all. */
const leftAlone = ({ left }: Deployed): string =>
  left.length === 0 ? 'nothing' : `${left.join(', ').slice(0, 3_000)} (owned by the API)`;

const physicalId = 'wayleaf-folder';

const tellCloudFormation = async (deployment: Deployment, outcome: object): Promise<void> => {
  const { ResponseURL, StackId, RequestId, LogicalResourceId, PhysicalResourceId } = deployment;
  const body = {
    StackId,
    RequestId,
    LogicalResourceId,
    PhysicalResourceId: PhysicalResourceId ?? physicalId,
    ...outcome,
  };
  await fetch(ResponseURL!, {
    method: 'PUT',
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
};
