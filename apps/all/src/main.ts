import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { StartupProblem } from '@app/db/startup-problem';
import { checkZoneSource } from '@app/domain/zone';
import { readConfig, type Config } from '@app/platform/config';
import { stopServing } from '@app/platform/process-state';
import { portOf } from '@app/platform/http-app';
import { runProcess } from '@app/platform/process';
import { checkRedis } from '@app/platform/redis';
import { createApp } from './app';
import { banner } from './banner';
import { ensureDemonstration } from './demonstration/demonstration';
import { LiveAgent } from './demonstration/live/live-agent';
import { prepareDatabase } from './prepare';

runProcess(async () => {
  const started = Date.now();
  checkZoneSource();
  const config = readConfig();
  await checkRedis(config.redisUrl);
  const prepared = await prepareDatabase(config);
  let app: NestFastifyApplication | null = null;
  let agent: LiveAgent | null = null;
  const stop = async (): Promise<void> => {
    await agent?.stop();
    if (app) await stopServing(app, prepared.config.drainMs ?? 0);
    await prepared.embedded?.stop();
  };
  try {
    const people = prepared.embedded ? await ensureDemonstration(prepared) : [];
    app = await createApp(prepared.config);
    await listen(app, prepared.config);
    console.log(banner({ port: portOf(app), config: prepared.config, people, seconds: (Date.now() - started) / 1000 }));
    if (people.length > 0 && prepared.config.demonstrationAgent) {
      agent = new LiveAgent(app);
      await agent.start();
    }
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
});

async function listen(app: NestFastifyApplication, config: Config): Promise<void> {
  try {
    await app.listen(config.port, config.host);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'EADDRINUSE')
      throw new StartupProblem(
        `Port ${config.port} is in use: stop the other program, or choose a port, for instance PORT=${config.port + 1} npm start.`,
      );
    if (code === 'EACCES')
      throw new StartupProblem(`Port ${config.port} may not be opened by this user: choose one above 1024 with PORT=.`);
    throw error;
  }
}
