package org.cnnc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cnnc.cli.console.Console;
import org.cnnc.runtime.SafetensorsException;
import org.cnnc.training.CheckpointFiles;
import org.cnnc.training.Trainer;

/** Goes on with a run that was stopped, from its newest checkpoint that is whole. */
final class Resumption {
  private final CheckpointFiles checkpoints;
  private final Console console;

  Resumption(CheckpointFiles checkpoints, Console console) {
    this.checkpoints = checkpoints;
    this.console = console;
  }

  /** Gives a trainer the state of the run. */
  void resume(Trainer trainer) throws IOException {
    try {
      trainer.resume(checkpoints.newest());
    } catch (SafetensorsException damaged) {
      resumeOlder(trainer, damaged);
    }
  }

  /** The newest checkpoint that is whole takes the place of those that are not. */
  private void resumeOlder(Trainer trainer, SafetensorsException newest) throws IOException {
    SafetensorsException damaged = newest;
    for (int places = 1; Files.exists(checkpoints.older(places)); places++) {
      Path older = checkpoints.older(places);
      console.message("damaged: " + damaged.getMessage());
      try {
        trainer.resume(older);
        checkpoints.replaceNewest(places);
        console.message(
            "going on from "
                + older
                + ", which was saved before; it is "
                + checkpoints.newest()
                + " now");
        return;
      } catch (SafetensorsException e) {
        damaged = e;
      }
    }
    throw damaged;
  }
}
