import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Clock } from '@app/platform/clock';
import type { Config } from '@app/platform/config';
import { createHttpApp } from '@app/platform/http-app';
import type { Log } from '@app/platform/log';
import { useSockets } from '@app/platform/socket-adapter';
import { prefixApi, serveDocs } from '../../api/src/openapi';
import { serveScreens } from '../../api/src/screens/screens';
import { AllModule } from './all.module';

/** The whole program, ready to listen; the same for people and for tests. */
export async function createApp(
  config: Config,
  overrides: { clock?: Clock; log?: Log } = {},
): Promise<NestFastifyApplication> {
  const app = await createHttpApp(AllModule.forRoot(config, overrides), config);
  prefixApi(app);
  serveDocs(app);
  serveScreens(app);
  await useSockets(app, config, { several: false });
  return app;
}
