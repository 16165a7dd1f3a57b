import type { Context as Call, Hono } from 'hono';

import type { World } from '../../world';
import { notice } from '../layout';
import { listPage, objectPage } from './browse';
import { browsePath, HOME, type View } from './frame';
import { kinds } from './kinds';
import { leversPage } from './levers-page';
import { requestsPage } from './requests';

const REQUESTS = 'requests';
const tabs = [...kinds.map(({ kind, title }) => ({ kind, title })), { kind: REQUESTS, title: 'Requests' }];

const viewOf = (c: Call, world: World): View => {
  const url = new URL(c.req.url);
  const said = Number(url.searchParams.get('said') ?? 'none');
  url.searchParams.delete('said');
  return { world, path: `${url.pathname}${url.search}`, said: Number.isInteger(said) ? said : null, tabs };
};

/** Shows everything that the sandbox knows, with a button for every lever. `control.ts` pulls them. */
export const mountControlPage = (app: Hono, world: World): void => {
  const nothing = () =>
    notice('Nothing here', 'The sandbox keeps nothing at this address.', {
      href: HOME,
      text: 'To the levers',
    });

  app.get('/', (c) => c.redirect(HOME, 303));
  app.get(HOME, (c) => c.html(leversPage(viewOf(c, world))));
  app.get(browsePath(REQUESTS), (c) => c.html(requestsPage(viewOf(c, world))));
  app.get(`${HOME}/browse/:kind`, (c) => {
    const found = kinds.find(({ kind }) => kind === c.req.param('kind'));
    return found === undefined
      ? c.html(nothing(), 404)
      : c.html(listPage(viewOf(c, world), found, c.req.query('after')));
  });
  app.get(`${HOME}/browse/:kind/:id`, (c) => {
    const found = kinds.find(({ kind }) => kind === c.req.param('kind'));
    const row = found?.rows(world.store).get(c.req.param('id')) ?? null;
    return found === undefined || row === null
      ? c.html(nothing(), 404)
      : c.html(objectPage(viewOf(c, world), found, row));
  });
};
