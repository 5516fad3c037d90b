package org.cnnc.report;

import java.util.List;
import java.util.Map;
import org.cnnc.compiler.graph.NetworkGraph;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Safetensors;
import org.cnnc.training.Outcomes;
import org.cnnc.training.data.Dataset;

/**
 * What a report is made from.
 *
 * @param network the network that was trained
 * @param weights what was learnt, with its provenance
 * @param history the epochs, as far as they are known
 * @param settings how it was trained: names and values, for people
 * @param judged the images that the weights are judged by
 * @param judgedName what these are: {@code validation images}
 * @param outcomes what the network said of them
 * @param session answers with the weights; keeps all {@link NetworkGraph#layerValues}
 */
public record ReportFacts(
    NetworkGraph network,
    Safetensors weights,
    List<EpochFigures> history,
    Map<String, String> settings,
    Dataset judged,
    String judgedName,
    Outcomes outcomes,
    PredictionSession session) {}
