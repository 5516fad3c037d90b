// The language of model.net, version 1; LANGUAGE.md is its reference.
//
// FileParser calls `header` once and then `statement` again and again, so that one broken statement
// costs neither the ones before nor the ones behind it. Every character belongs to some token: the
// tokens at the end of the lexer are mistakes, which TokenReader explains.
grammar Cnnc;

header
    : NETWORK NAME LEFT_BRACE
    ;

statement
    : input
    | binding
    | output
    | loss
    | train
    ;

input
    : INPUT NAME list (settings | SEMICOLON)
    ;

binding
    : targets EQUALS expression SEMICOLON
    ;

targets
    : NAME
    | LEFT_BRACKET NAME (COMMA NAME)* RIGHT_BRACKET
    ;

output
    : OUTPUT NAME EQUALS expression labels? SEMICOLON
    ;

labels
    : LABELS LEFT_PARENTHESIS STRING (COMMA STRING)* RIGHT_PARENTHESIS
    ;

loss
    : LOSS NAME arguments SEMICOLON
    ;

train
    : TRAIN settings
    ;

settings
    : LEFT_BRACE setting* RIGHT_BRACE
    ;

setting
    : NAME EQUALS expression SEMICOLON
    ;

// The arrow binds loosest.
expression
    : sum (ARROW stage)*
    ;

stage
    : NAME arguments? (AS NAME)?
    ;

sum
    : product ((PLUS | MINUS) product)*
    ;

product
    : unary ((STAR | SLASH) unary)*
    ;

unary
    : MINUS* primary
    ;

primary
    : NUMBER
    | STRING
    | NAME arguments?
    | list
    | LEFT_PARENTHESIS expression RIGHT_PARENTHESIS
    ;

list
    : LEFT_BRACKET expression (COMMA expression)* RIGHT_BRACKET
    ;

arguments
    : LEFT_PARENTHESIS (argument (COMMA argument)*)? RIGHT_PARENTHESIS
    ;

argument
    : (NAME EQUALS)? expression
    ;

NETWORK : 'network' ;
INPUT : 'input' ;
OUTPUT : 'output' ;
LOSS : 'loss' ;
TRAIN : 'train' ;
LABELS : 'labels' ;
AS : 'as' ;

ARROW : '->' ;
EQUALS : '=' ;
SEMICOLON : ';' ;
COMMA : ',' ;
LEFT_BRACE : '{' ;
RIGHT_BRACE : '}' ;
LEFT_BRACKET : '[' ;
RIGHT_BRACKET : ']' ;
LEFT_PARENTHESIS : '(' ;
RIGHT_PARENTHESIS : ')' ;
PLUS : '+' ;
MINUS : '-' ;
STAR : '*' ;
SLASH : '/' ;

// Letters of every script make one token, so that a foreign name is one mistake.
NAME : [\p{L}_] [\p{L}\p{M}\p{N}_]* ;
NUMBER : [0-9]+ ('.' [0-9]+)? ([eE] [+\-]? [0-9]+)? ;
STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' ;

SPACE : [ \t\r\n\uFEFF]+ -> skip ;

// The parser does not see comments; the formatter keeps them.
LINE_COMMENT : '//' ~[\r\n]* -> channel(HIDDEN) ;
BLOCK_COMMENT : '/*' .*? '*/' -> channel(HIDDEN) ;

// Mistakes.
MALFORMED_NUMBER : '.'? [0-9] [\p{L}\p{M}\p{N}_.]* ;
UNCLOSED_STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? ;
WRONG_QUOTES : '\'' ~['\r\n]* '\'' | [\u201C\u201D\u201E\u00AB] ~["\u201C\u201D\u00BB\r\n]* [\u201C\u201D\u00BB] ;
UNCLOSED_COMMENT : '/*' (~'*' | '*'+ ~[*/])* '*'* ;
UNEXPECTED : . ;
