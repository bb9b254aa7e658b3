import { defineConfig, passthroughImageService } from 'astro/config';

export default defineConfig({
  site: 'https://site.example',
  cacheDir: './.cache',
  image: { service: passthroughImageService() },
});
