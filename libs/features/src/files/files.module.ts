import { Module } from '@nestjs/common';
import { FileStore } from './file-store';
import { UploadsService } from './uploads.service';

@Module({ providers: [FileStore, UploadsService], exports: [FileStore, UploadsService] })
export class FilesModule {}
