package org.cnnc.grammar.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.diagnostic.DiagnosticLog;
import org.cnnc.grammar.diagnostic.TextRenderer;
import org.cnnc.grammar.source.SourceFile;
import org.junit.jupiter.api.Test;

class FormatterTest {
  @Test
  void aStatementThatFitsTakesOneLine() {
    assertFormatted(
        """
        network   N{input image [3,32,32]
        {
          scale=1 / 255 ;

          mean=- 1*( 2+3 - -4 );
        }
        [ a,b ]=[image->relu ( ),image] ;
        output o=a
           ->softmax as s labels("x" , "y");loss cross_entropy( o );train { }
        }""",
        """
        network N {
            input image[3, 32, 32] { scale = 1/255; mean = -1*(2 + 3 - -4); }
            [a, b] = [image -> relu(), image];
            output o = a -> softmax as s labels ("x", "y");
            loss cross_entropy(o);
            train { }
        }
        """);
  }

  @Test
  void aLongPipelineIsBrokenBeforeTheLayersThatLearn() {
    assertFormatted(
        """
        network N {
            features = image -> conv(16, kernel = 3, padding = same) -> relu -> maxpool(2) -> \
        conv(32, kernel = 3, padding = same) -> relu -> maxpool(2) -> flatten -> fc(10) -> relu;
        }
        """,
        """
        network N {
            features = image
                -> conv(16, kernel = 3, padding = same) -> relu -> maxpool(2)
                -> conv(32, kernel = 3, padding = same) -> relu -> maxpool(2) -> flatten
                -> fc(10) -> relu;
        }
        """);
  }

  @Test
  void whatIsTooLongForOneLineGoesOnInTheNext() {
    assertFormatted(
        """
        network N {
            sum = 1000000000 + 2000000000 + 3000000000 + 4000000000 - 5000000000 - 6000000000 + 700;
            output o = image -> relu -> softmax labels ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
            output p = image -> flatten -> fc(100) -> relu -> fc(100) -> relu -> fc(20) -> relu -> softmax
                labels ("a");
            x = image -> relu -> relu -> relu -> relu -> relu -> relu -> relu -> relu -> relu -> relu -> relu -> tanh;
        }
        """,
        """
        network N {
            sum = 1000000000 + 2000000000 + 3000000000 + 4000000000 - 5000000000 - 6000000000 + 700;
            output o = image -> relu -> softmax
                labels ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
            output p = image -> flatten -> fc(100) -> relu -> fc(100) -> relu -> fc(20) -> relu -> softmax
                labels ("a");
            x = image
                -> relu -> relu -> relu -> relu -> relu -> relu -> relu -> relu -> relu -> relu -> relu
                    -> tanh;
        }
        """);
  }

  @Test
  void longSettingsTakeALineEach() {
    assertFormatted(
        """
        network N {
            train { optimizer = adam(rate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, \
        weight_decay = 0);  epochs = 3; }
        }
        """,
        """
        network N {
            train {
                optimizer = adam(rate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8,
                        weight_decay = 0);
                epochs = 3;
            }
        }
        """);
  }

  @Test
  void commentsStayWhereTheyAre() {
    assertFormatted(
        """

        /* top */ // x
        network   /* n */ N { // open


            // first

            /* lead */ x = 1; // one
            longer=2;// two \t


            features=image->conv(16,kernel=3) // why
              ->relu /* inline */ -> maxpool(2)
              // own


              /* several
                   lines  \s
              */ -> conv(16, kernel = /* k */ 3,
              // inside
              bias = true) -> relu;
            train{ // why
             batch=3; /* a */ /* b
             c */ epochs=2;

             // last

            }
            } // end

          // tail
        """,
        """
        /* top */ // x
        network /* n */ N {  // open
            // first

            /* lead */
            x = 1;       // one
            longer = 2;  // two

            features = image
                -> conv(16, kernel = 3)  // why
                -> relu /* inline */ -> maxpool(2)
                // own
                /* several
                   lines
              */
                -> conv(16, kernel = /* k */ 3,
                    // inside
                    bias = true) -> relu;
            train {  // why
                batch = 3;  /* a */ /* b
             c */
                epochs = 2;

                // last
            }
        }  // end

        // tail
        """);
  }

  @Test
  void lineEndsAndByteOrderMarkAreThoseOfUnix() {
    assertFormatted(
        "\uFEFFnetwork N {\r\n\tx = 1; // a \r\n\r\n\r\n /* b \r\n c */\r\n}",
        "network N {\n    x = 1;  // a\n\n    /* b\n c */\n}\n");
  }

  /** A statement as long as a file can be: the time must not grow with the square of it. */
  @Test
  void aStatementThatFillsTheFileIsLaidOut() {
    String labels = "\"a\",".repeat(200_000) + "\"b\"";
    DiagnosticLog log = new DiagnosticLog();
    String text = "network N { output o = a labels (" + labels + "); }";
    Optional<String> formatted = Formatter.format(new SourceFile("model.net", text), log);
    assertThat(formatted.orElseThrow().lines())
        .hasSizeGreaterThan(10_000)
        .allMatch(line -> line.length() <= Formatter.WIDTH);
  }

  @Test
  void aTextWithSyntaxErrorsIsLeftAlone() {
    DiagnosticLog log = new DiagnosticLog();
    Optional<String> formatted =
        Formatter.format(new SourceFile("model.net", "network N { x = 1 }"), log);
    assertThat(formatted).isEmpty();
    assertThat(log.sorted())
        .extracting(Diagnostic::code)
        .containsExactly(DiagnosticCode.MISSING_TOKEN);
  }

  private static void assertFormatted(String text, String expected) {
    DiagnosticLog log = new DiagnosticLog();
    Optional<String> formatted = Formatter.format(new SourceFile("model.net", text), log);
    assertThat(new TextRenderer(false).render(log.sorted())).isEmpty();
    assertThat(formatted).contains(expected);
  }
}
