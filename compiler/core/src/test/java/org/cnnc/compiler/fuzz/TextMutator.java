package org.cnnc.compiler.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes wrong texts of right ones, and of wrong ones others: words, characters, whole pieces. */
final class TextMutator {
  private static final int LONGEST = 100_000;

  /** Beyond what a constant of a class file holds. */
  private static final int LONGEST_WORD = 70_000;

  private static final Pattern WORD =
      Pattern.compile("[A-Za-z_0-9.]+|\"[^\"\n]*\"|->|//[^\n]*|[^\\sA-Za-z_0-9.]");
  private static final List<String> PIECES =
      List.of(
          ";",
          "{",
          "}",
          "(",
          ")",
          "[",
          "]",
          "\"",
          "'",
          "/*",
          "*/",
          "//",
          "=",
          "->",
          "-",
          "+",
          "*",
          "/",
          ",",
          ".",
          "\\",
          "\n",
          "\r",
          "\t",
          "\u0000",
          "\uFEFF",
          "\u2028",
          "\u00A0",
          "\uD83D",
          "\uDE00",
          "\uD83D\uDE00",
          "e\u0301",
          "日",
          "ü",
          "ﬁ",
          "\u202E",
          "#",
          "0",
          "1",
          "-1",
          "1e9999",
          "1e-100",
          "1e100",
          "0.1",
          "1/3",
          "1/0",
          "268435456",
          "1048576",
          "2147483647",
          "4294967296",
          "9223372036854775807",
          "3x3",
          "0x10",
          ".5",
          "5.",
          "1e",
          "network",
          "input",
          "output",
          "loss",
          "train",
          "labels",
          "as",
          "same",
          "valid",
          "true",
          "false",
          "conv",
          "fc",
          "maxpool",
          "avgpool",
          "relu",
          "leaky_relu",
          "sigmoid",
          "tanh",
          "mish",
          "softmax",
          "flatten",
          "sgd",
          "adam",
          "cross_entropy",
          "kernel",
          "stride",
          "padding",
          "bias",
          "out",
          "rate",
          "momentum",
          "nesterov",
          "batch",
          "epochs",
          "seed",
          "scale",
          "mean",
          "std",
          "String",
          "image",
          "label",
          "scores",
          "[1, 1]",
          "[0, 1, 2, 3]",
          "\"a\"",
          "\\u0041");

  private final List<String> seeds;

  TextMutator(List<String> seeds) {
    this.seeds = List.copyOf(seeds);
  }

  /** A seed with one to eight changes. */
  String next(RandomGenerator random) {
    return new Changes(seeds, random).next();
  }

  /** Of one text. */
  private record Changes(List<String> seeds, RandomGenerator random) {
    private String next() {
      String text = one(seeds);
      int more = random.nextBoolean() ? 0 : random.nextInt(8);
      for (int changes = 1 + more; changes > 0; changes--) {
        text = change(text);
      }
      return text;
    }

    private String change(String text) {
      int from = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + random.nextInt(40));
      return switch (random.nextInt(12)) {
        case 0 -> splice(text, from, Math.min(text.length(), from + 1), "");
        case 1 -> splice(text, from, from, one(PIECES));
        case 2 -> splice(text, from, Math.min(text.length(), from + 1), character());
        case 3 -> splice(text, from, from, text.substring(from, to));
        case 4 -> text.substring(0, from);
        case 5 -> spliceOther(text, from, to);
        case 6 -> repeated(text, from, to);
        case 7 -> nested(text, from);
        default -> changeWord(text);
      };
    }

    private String changeWord(String text) {
      List<int[]> words = new ArrayList<>();
      Matcher matcher = WORD.matcher(text);
      while (matcher.find()) {
        words.add(new int[] {matcher.start(), matcher.end()});
      }
      if (words.isEmpty()) {
        return one(seeds);
      }
      int[] word = one(words);
      int[] other = one(words);
      String copy = text.substring(other[0], other[1]);
      if (random.nextInt(400) == 0) {
        return splice(text, word[1] - 1, word[1] - 1, "x".repeat(random.nextInt(LONGEST_WORD)));
      }
      return switch (random.nextInt(5)) {
        case 0 -> splice(text, word[0], word[1], "");
        case 1 -> splice(text, word[0], word[1], one(PIECES));
        case 2 -> splice(text, word[0], word[1], copy);
        case 3 -> splice(text, word[1], word[1], " " + copy + " ");
        default -> splice(text, word[0], word[1], number());
      };
    }

    private String spliceOther(String text, int from, int to) {
      String other = one(seeds);
      int start = random.nextInt(other.length() + 1);
      int end = Math.min(other.length(), start + random.nextInt(80));
      return splice(text, from, to, other.substring(start, end));
    }

    private String repeated(String text, int from, int to) {
      int times = 1 + (random.nextInt(50) == 0 ? random.nextInt(400) : random.nextInt(6));
      return splice(text, from, to, text.substring(from, to).repeat(times));
    }

    private String nested(String text, int at) {
      String bracket = one(List.of("(", "[", "-", "f(", "{", "a->b("));
      int times = random.nextInt(20) == 0 ? random.nextInt(1000) : random.nextInt(4);
      return splice(text, at, at, bracket.repeat(times));
    }

    private String number() {
      return switch (random.nextInt(5)) {
        case 0 -> String.valueOf(random.nextInt(20));
        case 1 -> String.valueOf(1L << random.nextInt(63));
        case 2 -> random.nextInt(100) + "/" + random.nextInt(4);
        case 3 -> "-" + random.nextInt(5);
        default -> random.nextInt(10) + "e" + (random.nextInt(400) - 200);
      };
    }

    private String character() {
      return switch (random.nextInt(3)) {
        case 0 -> String.valueOf((char) random.nextInt(128));
        case 1 -> String.valueOf((char) random.nextInt(0x10000)); // halves of pairs among them
        default -> Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1));
      };
    }

    private static String splice(String text, int from, int to, String piece) {
      String result = text.substring(0, from) + piece + text.substring(to);
      return result.length() > LONGEST ? result.substring(0, LONGEST) : result;
    }

    private <T> T one(List<T> choices) {
      return choices.get(random.nextInt(choices.size()));
    }
  }
}
