import { expect, test } from 'vitest';
import { axeFaults } from '../axe.ts';
import { addToken } from './add-token.ts';
import { askingJourney, call, identify, track } from './people-given.ts';
import type { ConsoleStage } from './stage.ts';

export const colleague = (at: () => ConsoleStage): void => {
  test('a colleague answers by the link in a mail, once and without a session; the task waits no more', async () => {
    const { world, url } = at();
    await call(world, 'PUT', '/v1/journeys/asking', askingJourney);
    await call(world, 'POST', '/v1/journeys/asking/publish');
    await identify(world, 'grace', { email: 'grace@example.com', firstName: 'Grace' });
    await track(world, 'grace', 'Asked For A Call');
    await world.drain();
    const mail = (await world.outbox()).find(({ channel }) => channel === 'team');
    const [reached = '', noAnswer = ''] = mail?.text?.match(/http\S+\/t\/\S+/g) ?? [];

    const office = await at().signedIn('/tasks', { token: await addToken(world, 'author') });
    await office.getByRole('heading', { name: 'Call Grace' }).waitFor();
    const desk = await at().tab();
    await desk.goto(reached);
    await desk.getByText('Call Grace').waitFor();
    expect(await axeFaults(desk)).toEqual([]);
    await desk.getByRole('button', { name: 'reached' }).click();
    await desk.getByRole('heading', { name: 'Answered' }).waitFor();
    expect(await axeFaults(desk)).toEqual([]);
    await desk.goto(noAnswer);
    await desk.getByRole('heading', { name: 'Answered before' }).waitFor();
    expect(await desk.getByRole('button').count()).toBe(0);

    await world.drain();
    await office.reload();
    await office.getByText('Nothing waits').waitFor();
    const { json } = await call(world, 'GET', '/v1/contacts?userId=grace');
    await office.goto(`${url}/contacts/${json.id}`);
    await office
      .getByText(/reached/)
      .first()
      .waitFor();
  }, 40_000);
};
