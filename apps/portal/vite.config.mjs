import { defineConfig } from 'vite';
import { site } from '../../config/screens.mjs';

export default defineConfig(site('portal', '/portal/', { preact: true }));
