package org.example.pictures;

import java.util.Locale;

/** What a picture shows: one class of pictures. */
enum Subject {
  HOUSE {
    @Override
    void draw(Canvas canvas, Dice dice, int... background) {
      new House(canvas, dice, background).draw();
    }
  },
  PERSON {
    @Override
    void draw(Canvas canvas, Dice dice, int... background) {
      new Person(canvas, dice, background).draw();
    }
  },
  TREE {
    @Override
    void draw(Canvas canvas, Dice dice, int... background) {
      new Tree(canvas, dice, background).draw();
    }
  };

  /** Draws one, in colours that can be told from the background's. */
  abstract void draw(Canvas canvas, Dice dice, int... background);

  /** Name of the folder with pictures of it, and the network's label. */
  String folder() {
    return name().toLowerCase(Locale.ROOT);
  }
}
