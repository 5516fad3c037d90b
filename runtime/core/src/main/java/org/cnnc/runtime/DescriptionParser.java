package org.cnnc.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cnnc.runtime.ProgramInfo.BufferInfo;
import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.runtime.ProgramInfo.Kind;
import org.cnnc.runtime.ProgramInfo.LossInfo;
import org.cnnc.runtime.ProgramInfo.NamedBuffer;
import org.cnnc.runtime.ProgramInfo.OutputInfo;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;
import org.cnnc.runtime.ProgramInfo.PhaseInfo;
import org.cnnc.runtime.ProgramInfo.ScalarsInfo;
import org.cnnc.runtime.ProgramInfo.Scope;
import org.cnnc.runtime.ProgramInfo.Setting;
import org.cnnc.runtime.ProgramInfo.TrainInfo;
import org.cnnc.runtime.ProgramInfo.ValueInfo;

/** Reads the text that {@link ProgramInfo} documents; checks what the facts say of each other. */
final class DescriptionParser {
  private final List<String> lines = new ArrayList<>();

  private Optional<String> version = Optional.empty();
  private Optional<Model> model = Optional.empty();
  private Optional<InputInfo> input = Optional.empty();
  private Optional<Images> images = Optional.empty();
  private final List<BufferInfo> buffers = new ArrayList<>();
  private final List<ParameterInfo> parameters = new ArrayList<>();
  private final List<NamedBuffer> states = new ArrayList<>();
  private final List<NamedBuffer> gradients = new ArrayList<>();
  private final List<ValueInfo> values = new ArrayList<>();
  private final List<OutputInfo> outputs = new ArrayList<>();
  private Optional<LossInfo> loss = Optional.empty();
  private Optional<ScalarsInfo> scalars = Optional.empty();
  private Optional<TrainInfo> train = Optional.empty();
  private final List<PhaseInfo> phases = new ArrayList<>();

  private record Images(int buffer, int pitch, int group) {}

  private record Model(String name, String hash, Kind kind) {}

  DescriptionParser(String description) {
    int start = 0;
    while (start < description.length()) {
      int end = description.indexOf('\n', start);
      end = end < 0 ? description.length() : end;
      lines.add(description.substring(start, end));
      start = end + 1;
    }
  }

  ProgramInfo parse() {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      try {
        readFact(new DescriptionLine(lines.get(i)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "description, line " + (i + 1) + ": " + e.getMessage() + ": " + lines.get(i), e);
      }
    }
    Model named = there(model, "model");
    Images place = there(images, "images");
    ProgramInfo info =
        new ProgramInfo(
            there(version, "cnnc"),
            named.name(),
            named.hash(),
            named.kind(),
            there(input, "input"),
            place.buffer(),
            place.pitch(),
            place.group(),
            buffers,
            parameters,
            states,
            gradients,
            values,
            outputs,
            loss,
            scalars,
            train,
            phases);
    new DescriptionCheck(info).run();
    return info;
  }

  private static <T> T there(Optional<T> found, String fact) {
    if (found.isEmpty()) {
      throw new IllegalArgumentException("description: no line \"" + fact + "\"");
    }
    return found.get();
  }

  private void readFact(DescriptionLine line) {
    String fact = line.word();
    if (version.isEmpty() && !fact.equals("cnnc")) {
      throw new IllegalArgumentException("the first fact is the compiler's version");
    }
    switch (fact) {
      case "cnnc" -> version = Optional.of(line.text());
      case "model" -> model = Optional.of(readModel(line));
      case "input" -> input = Optional.of(readInput(line));
      case "images" -> images = Optional.of(readImages(line));
      case "buffer" -> buffers.add(readBuffer(line));
      case "parameter" -> parameters.add(readParameter(line));
      case "state" -> states.add(readNamedBuffer(line));
      case "gradient" -> gradients.add(readNamedBuffer(line));
      case "value" -> values.add(readValue(line));
      case "output" -> outputs.add(readOutput(line));
      case "loss" -> loss = Optional.of(readLoss(line));
      case "scalars" -> scalars = Optional.of(new ScalarsInfo(line.number(), line.words()));
      case "train" -> train = Optional.of(readTrain(line));
      case "phase" -> phases.add(readPhase(line));
      default -> throw new IllegalArgumentException("unknown fact \"" + fact + "\"");
    }
    line.expectEnd();
  }

  private static PhaseInfo readPhase(DescriptionLine line) {
    String name = line.text();
    int tasks = line.number();
    boolean updates = takes(line, "updates");
    return new PhaseInfo(name, tasks, updates, takes(line, "small"));
  }

  /** Whether a word comes next, which then is read. */
  private static boolean takes(DescriptionLine line, String word) {
    boolean there = line.isBefore(word);
    if (there) {
      line.after(word);
    }
    return there;
  }

  private static Model readModel(DescriptionLine line) {
    String name = line.text();
    String hash = line.after("hash").text();
    return new Model(name, hash, readEnum(Kind.values(), line.after("kind").word()));
  }

  private static <E extends Enum<E>> E readEnum(E[] constants, String word) {
    for (E constant : constants) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("unexpected \"" + word + "\"");
  }

  private static InputInfo readInput(DescriptionLine line) {
    return new InputInfo(
        line.text(),
        line.size(),
        line.size(),
        line.size(),
        line.after("scale").real(),
        line.after("mean").reals(),
        line.after("std").reals());
  }

  /** Without a pitch, rows follow one another; without a group, there is one image. */
  private Images readImages(DescriptionLine line) {
    line.text();
    int buffer = line.after("buffer").number();
    int width = there(input, "input").width();
    int pitch = line.atEnd() ? width : line.after("pitch").size();
    return new Images(buffer, pitch, line.atEnd() ? 1 : line.after("group").size());
  }

  private static NamedBuffer readNamedBuffer(DescriptionLine line) {
    return new NamedBuffer(line.text(), line.after("buffer").number());
  }

  private static BufferInfo readBuffer(DescriptionLine line) {
    Scope scope = readEnum(Scope.values(), line.word());
    return new BufferInfo(scope, line.text(), line.size(), line.size());
  }

  private static ParameterInfo readParameter(DescriptionLine line) {
    return new ParameterInfo(
        line.text(),
        line.after("dims").sizes(),
        line.after("buffer").number(),
        line.after("strides").numbers(),
        line.after("fan_in").size());
  }

  private static ValueInfo readValue(DescriptionLine line) {
    return new ValueInfo(
        line.text(),
        line.after("dims").sizes(),
        line.after("buffer").number(),
        line.after("pitch").size());
  }

  private static OutputInfo readOutput(DescriptionLine line) {
    String name = line.text();
    String value = line.after("value").text();
    return new OutputInfo(name, value, line.atEnd() ? List.of() : line.after("labels").texts());
  }

  private static LossInfo readLoss(DescriptionLine line) {
    return new LossInfo(
        line.text(),
        line.after("of").text(),
        line.after("targets").number(),
        line.after("losses").number());
  }

  private static TrainInfo readTrain(DescriptionLine line) {
    String optimizer = line.after("optimizer").text();
    int batch = line.after("batch").size();
    int epochs = line.after("epochs").size();
    long seed = line.after("seed").whole();
    Optional<String> rules =
        line.isBefore("rules") ? Optional.of(line.after("rules").text()) : Optional.empty();
    List<Setting> settings = new ArrayList<>();
    if (!line.atEnd()) {
      line.after("settings");
      while (!line.atEnd()) {
        settings.add(new Setting(line.word(), line.real()));
      }
    }
    return new TrainInfo(optimizer, batch, epochs, seed, rules, settings);
  }
}
