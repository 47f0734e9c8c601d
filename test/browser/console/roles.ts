import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { manifest } from '#infra/manifest';
import { mayAct, type Role, roles } from '#model/role';
import { parkCall } from '#store/parked';
import { axeFaults } from '../axe.ts';
import { type Act, acts, elsewhere } from './acts.ts';
import { addToken } from './add-token.ts';
import { goWithin, settled } from './going.ts';
import { askingJourney, call, enterAda, identify, track } from './people-given.ts';
import { type ConsoleStage, signIn } from './stage.ts';

type Ids = Readonly<Record<string, string>>;

/** A journey of each status, a contact, a task and a call that was set aside. */
const furnish = async ({ world }: ConsoleStage): Promise<Ids> => {
  await enterAda(world);
  const journey = (id: string) => ({ ...askingJourney, id });
  for (const id of ['roles-live', 'roles-paused', 'roles-draft'])
    await call(world, 'PUT', `/v1/journeys/${id}`, journey(id));
  await call(world, 'POST', '/v1/journeys/roles-paused/publish');
  await call(world, 'POST', '/v1/journeys/roles-paused/pause');
  await call(world, 'POST', '/v1/journeys/roles-live/publish');
  // Who hears an event knows the journeys of up to a minute ago.
  await world.advance('2 minutes');
  await identify(world, 'hedy', { email: 'hedy@example.com', firstName: 'Hedy' });
  await track(world, 'hedy', 'Asked For A Call');
  await world.drain();
  await parkCall(world.store, {
    ...{ id: 'call-roles', at: new Date().toISOString(), function: 'take-feedback', reason: 'TypeError' },
    payload: '{}',
  });
  const { json } = await call(world, 'GET', '/v1/contacts?email=ada@example.com');
  return { live: 'roles-live', paused: 'roles-paused', draft: 'roles-draft', ada: String(json.id) };
};

const placeOf = ({ at }: Act, ids: Ids): string => at.replaceAll(/\{(\w+)\}/g, (_, name) => ids[name]!);

const protectedRoutes = manifest.flatMap(({ record: { triggers } }) =>
  triggers.flatMap((trigger) =>
    trigger.kind === 'http' && trigger.access !== 'public'
      ? [{ route: `${trigger.method} ${trigger.path}`, access: trigger.access, method: trigger.method }]
      : [],
  ),
);

/** What the buttons of this page say to this role. */
const requireAct = async (page: Page, act: Act, role: Role): Promise<void> => {
  if (act.button === undefined) return;
  const button = page
    .getByRole('main')
    .getByRole('button', { name: act.button, exact: true })
    .or(page.getByRole('main').getByRole('link', { name: act.button, exact: true }))
    .first();
  const what = `${act.at} ${act.button} for ${role}`;
  if (!mayAct(role, act.needs) && act.below === 'hidden') {
    expect(await button.count(), what).toBe(0);
    return;
  }
  await button.waitFor();
  const title = mayAct(role, act.needs) ? null : `Needs the role ${act.needs}`;
  expect([what, await button.getAttribute('title')]).toEqual([what, title]);
  if (title !== null) expect(await button.getAttribute('aria-disabled'), what).toBe('true');
};

/** Buttons that this role is refused and that the table knows nothing of. */
const unknownRefusals = async (page: Page, place: string): Promise<string[]> => {
  const here = acts.filter(({ at }) => at.split('/')[1] === place.split('/')[1]);
  const refused = await page.locator('[title^="Needs the role"]').allInnerTexts();
  return refused.filter((text) => !here.some(({ button }) => button === text.trim()));
};

export const rolesAndActs = (at: () => ConsoleStage): void => {
  let ids: Ids;
  beforeAll(async () => {
    ids = await furnish(at());
  });

  test('every act of the API is in the table of the console, or known to be none of it, with its role', () => {
    const known = new Map<string, Role>(
      acts.flatMap(({ route, needs }) => (route === undefined ? [] : [[route, needs]])),
    );
    for (const { route, access, method } of protectedRoutes) {
      if (known.has(route)) expect([route, known.get(route)]).toEqual([route, access]);
      else if (method !== 'GET' && access !== 'viewer')
        expect(elsewhere, `${route} needs a line in acts.ts: in acts or elsewhere`).toContain(route);
    }
    const routes: string[] = protectedRoutes.map(({ route }) => route);
    expect([...known.keys(), ...elsewhere].filter((route) => !routes.includes(route))).toEqual([]);
  });

  test.each(roles)(
    'what a %s may do can be pressed; what not is told, or not there',
    async (role) => {
      const { world } = at();
      const page = await at().signedIn('/', { token: await addToken(world, role) });
      for (const place of new Set(acts.map((act) => placeOf(act, ids)))) {
        const here = acts.filter((act) => placeOf(act, ids) === place);
        await goWithin(page, place);
        if (!mayAct(role, here[0]?.page ?? 'viewer')) {
          await page.getByRole('heading', { name: 'Your role does not allow this' }).waitFor();
          await page.getByText(/this takes the role (author|publisher|admin)/).waitFor();
          for (const { button = 'nothing' } of here)
            expect(await page.getByRole('button', { name: button, exact: true }).count(), place).toBe(0);
          continue;
        }
        await settled(page);
        for (const act of here) await requireAct(page, act, role);
        expect([place, await unknownRefusals(page, place)]).toEqual([place, []]);
      }
    },
    60_000,
  );

  test('the API refuses each act to each role below, and nothing of it happens', async () => {
    const { world } = at();
    const tasks = await call(world, 'GET', '/v1/tasks');
    const ofKind: Ids = {
      ...{ journeys: ids.live!, contacts: ids.ada!, templates: 'self-serve', forms: 'demo-request' },
      ...{
        segments: 'dormant',
        tasks: (tasks.json.tasks as { id: string }[])[0]!.id,
        quarantine: 'call-roles',
      },
    };
    for (const role of roles) {
      const headers = { authorization: `Bearer ${await addToken(world, role)}` };
      for (const { route, needs } of acts) {
        if (route === undefined || mayAct(role, needs)) continue;
        const [method = '', pattern = ''] = route.split(' ');
        const kind = pattern.split('/')[2]!;
        const path = pattern.replace('{id}', ofKind[kind] ?? 'nobody').replace('{number}', '1');
        const answer = await world.http({ method, path, headers, body: {} });
        expect([route, role, answer.status]).toEqual([route, role, 403]);
        expect((answer.json() as { detail: string }).detail).toContain(
          `takes the role ${needs}; your token has the role ${role}`,
        );
      }
    }
    expect((await call(world, 'GET', `/v1/contacts/${ids.ada}`)).status).toBe(200);
    expect((await call(world, 'GET', '/v1/journeys/roles-live')).json).toMatchObject({ status: 'live' });
    expect((await call(world, 'GET', '/v1/tasks')).json).toEqual(tasks.json);
  });

  test('where the console believes a role that the API does not, it says what the API said', async () => {
    const token = await addToken(at().world, 'viewer');
    const page = await at().tab();
    await page.route('**/v1/me', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({
        response: answer,
        json: { ...((await answer.json()) as object), role: 'admin' },
      });
    });
    await signIn(page, at().url, token);
    await goWithin(page, `/journeys/${ids.live}`);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    const said = page.getByRole('dialog').getByRole('alert');
    await said.getByText('Your role does not allow this').waitFor();
    expect(await said.textContent()).toContain(
      'This takes the role publisher; your token has the role viewer',
    );
    expect(await axeFaults(page)).toEqual([]);
    await goWithin(page, '/contacts');
    await page.getByRole('alert').getByText('Your role does not allow this').waitFor();
  }, 30_000);

  test('a refused button is reached by keyboard, and says who may', async () => {
    const page = await at().signedIn(`/journeys/${ids.live}`, {
      token: await addToken(at().world, 'author'),
    });
    await page.getByRole('button', { name: 'Pause' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('Needs the role publisher').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
  }, 30_000);
};
