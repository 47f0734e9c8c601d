import { type Actor, keepAct, newAct } from '#store/audit';
import type { Store } from '#store/store';
import { type Deployed, FolderRefused } from './deploy.ts';

/** CloudFormation does not tell a function who deploys; its own trail does. */
const deployer: Actor = { id: 'deployment', name: 'deployment' };

/** In the audit: that somebody deploys before it is done, each thing that it changed, and how it ended. */
export const keepDeployment = async (store: Store, work: () => Promise<Deployed>): Promise<Deployed> => {
  const act = newAct(store, { actor: deployer, what: 'deploy folder', subject: 'client' });
  await keepAct(store, act);
  try {
    const deployed = await work();
    for (const subject of deployed.changed)
      await keepAct(store, newAct(store, { actor: deployer, what: 'deploy', subject, status: 200 }));
    await keepAct(store, { ...act, status: 200 });
    return deployed;
  } catch (error) {
    await keepAct(store, { ...act, status: error instanceof FolderRefused ? 422 : 500 });
    throw error;
  }
};
