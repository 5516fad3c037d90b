package org.cnnc.compiler.graph.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cnnc.compiler.graph.LossSpec;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.compiler.graph.Node;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.parse.Parser;
import org.cnnc.grammar.source.Span;
import org.cnnc.grammar.syntax.Setting;
import org.cnnc.grammar.syntax.TrainStatement;

/** Compares a network with the data that it is to learn or to be judged by. */
public final class DataCheck {
  private DataCheck() {}

  /**
   * What looks wrong before a training: the data, and what is set for it beside the text.
   *
   * @param network with the batch that is taken
   * @param batch if it is not the text's
   * @param rate if it is not the text's, of which the compiler warns
   * @param classes how many different labels there are
   * @param images how many are learnt
   */
  public static List<Diagnostic> beforeTraining(
      NetworkGraph network,
      Optional<RunSetting<Integer>> batch,
      Optional<RunSetting<Float>> rate,
      int classes,
      long images) {
    RateRange usual = OptimizerCatalogue.STANDARD.rates(network.training().optimizer());
    Span batchPlace = batch.map(RunSetting::place).orElseGet(() -> batchSetting(network));
    return Stream.of(
            classes(network, classes),
            batch(network.training().batch(), batchPlace, images),
            rate.flatMap(set -> usual.check(set.value(), set.place())))
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * A warning if the data have pictures of fewer classes than the network tells apart. (More
   * classes are an error of the data, which their reader reports.)
   *
   * @param classes how many different labels there are
   */
  public static Optional<Diagnostic> classes(NetworkGraph network, int classes) {
    return network.loss().flatMap(loss -> classes(network, loss, classes));
  }

  private static Optional<Diagnostic> classes(NetworkGraph network, LossSpec loss, int classes) {
    int told = loss.value().shape().elements();
    Optional<Node> scores = network.producer(loss.value());
    if (classes >= told || scores.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnostic.of(
                DiagnosticCode.DATA_CLASSES,
                scores.get().span(),
                classes == 1 ? "1 class" : classes + " classes",
                loss.output().name(),
                told)
            .labelled("gives " + loss.value().shape())
            .withHelp("give one output for each class, or look for the data that are missing"));
  }

  /** A warning if there are fewer images than a batch of training holds, at the text's batch. */
  public static Optional<Diagnostic> batch(NetworkGraph network, long images) {
    return batch(network.training().batch(), batchSetting(network), images);
  }

  private static Optional<Diagnostic> batch(int batch, Span place, long images) {
    return images >= batch
        ? Optional.empty()
        : Optional.of(
            Diagnostic.of(
                    DiagnosticCode.BATCH_BEYOND_DATA,
                    place,
                    Wording.count(batch, "image"),
                    Wording.grouped(images))
                .labelled("an epoch is a single step")
                .withHelp("choose a batch of which the data hold many"));
  }

  /** Where the text sets the batch, or names the network. */
  private static Span batchSetting(NetworkGraph network) {
    List<Span> places = new ArrayList<>();
    Parser.parse(network.source(), new DiagnosticLog())
        .ifPresent(
            declaration -> {
              declaration.statements().stream()
                  .filter(TrainStatement.class::isInstance)
                  .flatMap(statement -> ((TrainStatement) statement).settings().stream())
                  .filter(setting -> setting.name().text().equals("batch"))
                  .map(Setting::span)
                  .forEach(places::add);
              places.add(declaration.name().span());
            });
    return places.get(0);
  }
}
