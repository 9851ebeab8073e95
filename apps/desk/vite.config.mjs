import { defineConfig } from 'vite';
import { site } from '../../config/screens.mjs';

const settings = site('desk', '/desk/');

/** People of the hubs work with a browser of these years: logical properties stay as they are written, which keeps the style sheet small. */
const target = ['es2022', 'chrome111', 'firefox115', 'safari16.4'];

/** No font inside the style sheet: the policy of pages allows files only. */
const build = { ...settings.build, target, cssTarget: target, assetsInlineLimit: 0 };

export default defineConfig({ ...settings, build });
